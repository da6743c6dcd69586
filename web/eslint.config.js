// SPDX-License-Identifier: GPL-3.0-or-later
import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts", "vite.config.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers in texts are what templates are for.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // noPropertyAccessFromIndexSignature is easier to read the other way round for dataset.
      "@typescript-eslint/dot-notation": "off",
    },
  },
  {
    // In a test an element that is not there should simply fail.
    files: ["src/**/*.test.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["tools/**/*.mjs", "eslint.config.js"], languageOptions: { globals: globals.node } },
  {
    // Nothing may turn text into markup: the server's templates escape, scripts use textContent.
    files: ["src/**/*.ts"],
    ignores: ["src/**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Use textContent or build elements." },
        { property: "outerHTML", message: "Use textContent or build elements." },
        { property: "insertAdjacentHTML", message: "Use textContent or build elements." },
      ],
      "no-console": ["error", { allow: ["error"] }],
    },
  },
);
