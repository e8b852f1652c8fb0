export { BannerPreview } from "./BannerPreview";
