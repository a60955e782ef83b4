import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * Import directions (ARCHITECTURE.md): main → constructs → review → topology → targets → aws; emulator → topology; cli →
 * everything but main; testing → cli, emulator; server stands alone. Each folder names the siblings it must not reach.
 */
const forbiddenSiblings = {
  "main.ts": ["review", "topology", "emulator", "server", "cli", "testing"],
  constructs: ["main", "emulator", "server", "cli", "testing"],
  review: ["main", "constructs", "emulator", "server", "cli", "testing"],
  topology: ["main", "constructs", "review", "emulator", "server", "cli", "testing"],
  targets: ["main", "constructs", "review", "topology", "emulator", "server", "cli", "testing"],
  emulator: ["main", "constructs", "review", "server", "cli", "testing"],
  aws: ["main", "constructs", "review", "topology", "targets", "emulator", "server", "cli", "testing"],
  server: ["main", "aws", "constructs", "review", "topology", "targets", "emulator", "cli", "testing"],
  cli: ["main", "testing"],
  provider: ["main", "aws", "constructs", "review", "topology", "targets", "emulator", "server", "cli", "testing"],
  testing: ["main", "constructs", "review", "server"],
};

const providerBarrel = {
  name: "@cdktf/provider-aws",
  message: "Import @cdktf/provider-aws/lib/<resource>: the package root loads every AWS resource (557 MB).",
};

const restrictImports = (siblings) => ({
  "no-restricted-imports": [
    "error",
    {
      paths: [providerBarrel],
      patterns: siblings.map((sibling) => ({
        regex: `^\\.{1,2}/(\\.\\./)*${sibling}(/|$)`,
        message: `This folder must not depend on ${sibling} (ARCHITECTURE.md).`,
      })),
    },
  ],
});

const directionRules = Object.entries(forbiddenSiblings).map(([folder, siblings]) => ({
  files: [folder.endsWith(".ts") ? folder : `${folder}/**/*.ts`],
  rules: restrictImports(siblings),
}));

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "cdktf.out/",
      "node_modules/",
      "__tests__/.output/",
      "*.js",
      "__tests__/**/*.js",
      "**/*.mjs",
      "**/*.cjs",
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: new URL(".", import.meta.url).pathname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: "error",
      curly: ["error", "multi-line"],
      ...restrictImports([]),
    },
  },
  ...directionRules,
  {
    // Loading the SDK's schemas takes as long as all the rest of a start.
    files: ["server/**/*.ts"],
    ignores: ["server/sdk.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              // All but shared/mediaType, as oxlint can read it.
              regex: "^@modelcontextprotocol/sdk/([^s]|s[^h]|shared/([^m]|m[^e]|me[^d]))",
              allowTypeImports: true,
              message: "Take it from server/lazy-sdk.ts: the SDK takes long to load.",
            },
          ],
        },
      ],
    },
  },
  {
    // The page's scripts run in browsers; tsconfig.console.json checks their types and names.
    files: ["emulator/console/*.js"],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, "no-undef": "off" },
  },
  {
    files: ["__tests__/**/*.ts"],
    rules: { "no-restricted-globals": ["error", { name: "it", message: "Every test is called test." }] },
  },
);
