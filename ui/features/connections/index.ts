export { CertificateDialog } from "./CertificateDialog";
export { ConnectionDialog } from "./ConnectionDialog";
export { SignIn } from "./SignIn";
