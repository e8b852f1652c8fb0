export { BannerNow, BannerPreview } from "./BannerPreview";
