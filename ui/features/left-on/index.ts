export { LeftOnAlerts } from "./LeftOnAlerts";
