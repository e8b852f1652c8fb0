export { CountCard } from "./CountCard";
