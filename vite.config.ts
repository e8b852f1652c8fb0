import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/**
 * The page's policy as the window enforces it, minus the IPC origins; `vite preview` answers with it so that a
 * violation shows in a plain browser too. The nonce is the placeholder that the shell replaces (see index.html).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'nonce-__TAURI_STYLE_NONCE__'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export default defineConfig({
  root: "ui",
  cacheDir: "../node_modules/.vite",
  plugins: [react()],
  clearScreen: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true, fs: { allow: [".."] } },
  preview: { host: "127.0.0.1", headers: { "Content-Security-Policy": contentSecurityPolicy } },
  test: {
    environment: "jsdom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["./testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 60_000,
    css: { include: [/tokens\.css/] },
  },
});
