// SPDX-License-Identifier: GPL-3.0-or-later
import { defineConfig } from "vitest/config";

export default defineConfig({
  publicDir: false,
  base: "/",
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    assetsInlineLimit: 0, // data: addresses are not worth a hole in the Content-Security-Policy
    modulePreload: { polyfill: false },
    target: ["chrome109", "firefox115", "safari16.4"], // the last ones for Windows 7 and old phones that still get fixes
    cssCodeSplit: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: "src/main.ts",
        style: "styles/main.css",
        favicon: "assets/favicon.svg",
      },
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
  },
});
