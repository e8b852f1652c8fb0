export { CertificateDialog } from "./CertificateDialog";
export { ConnectionDialog } from "./ConnectionDialog";
