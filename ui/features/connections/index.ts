export { CertificateDialog } from "./CertificateDialog";
export { ConnectionDialog } from "./ConnectionDialog";
export { TransferDialogs } from "./TransferDialogs";
export { useTransfer } from "./useTransfer";
