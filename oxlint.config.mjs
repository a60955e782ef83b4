// What lint refuses: what oxlint calls wrong, what is named here, and what the compiler refuses.
/**
 * Import directions (ARCHITECTURE.md): main → constructs → review → topology → targets → aws; emulator → topology; cli →
 * everything but main; testing → cli, emulator; server stands alone. Each folder names the siblings it must not reach.
 */
const forbiddenSiblings = {
  "main.ts": ["review", "topology", "emulator", "server", "cli", "testing"],
  constructs: ["main", "emulator", "server", "cli", "testing"],
  review: ["main", "constructs", "emulator", "server", "cli", "testing"],
  topology: ["main", "constructs", "review", "emulator", "server", "cli", "testing"],
  options: ["main", "aws", "constructs", "review", "topology", "targets", "emulator", "server", "cli", "testing"],
  targets: ["main", "constructs", "review", "topology", "emulator", "server", "cli", "testing"],
  emulator: ["main", "constructs", "review", "server", "cli", "testing"],
  aws: ["main", "options", "constructs", "review", "topology", "targets", "emulator", "server", "cli", "testing"],
  server: ["main", "aws", "options", "constructs", "review", "topology", "targets", "emulator", "cli", "testing"],
  cli: ["main", "testing"],
  provider: ["main", "aws", "constructs", "review", "topology", "targets", "emulator", "server", "cli", "testing"],
  testing: ["main", "constructs", "review", "server"],
};

const providerBarrel = {
  name: "@cdktf/provider-aws",
  message: "Import @cdktf/provider-aws/lib/<resource>: the package root loads every AWS resource (557 MB).",
};

/** The SDK's schemas take as long to load as all the rest of a start; shared/mediaType is small. */
const lateSdk = {
  regex: "^@modelcontextprotocol/sdk/([^s]|s[^h]|shared/([^m]|m[^e]|me[^d]))",
  allowTypeImports: true,
  message: "Take it from server/lazy-sdk.ts: the SDK takes long to load.",
};

const restrictImports = (siblings, ...more) => ({
  "typescript/no-restricted-imports": [
    "error",
    {
      paths: [providerBarrel],
      patterns: [
        ...siblings.map((sibling) => ({
          regex: `^\\.{1,2}/(\\.\\./)*${sibling}(/|$)`,
          message: `This folder must not depend on ${sibling} (ARCHITECTURE.md).`,
        })),
        ...more,
      ],
    },
  ],
});

const directionRules = Object.entries(forbiddenSiblings).map(([folder, siblings]) => ({
  files: [folder.endsWith(".ts") ? folder : `${folder}/**/*.ts`],
  rules: restrictImports(siblings),
}));

const rules = (setting, ...names) => Object.fromEntries(names.map((name) => [name, setting]));

/** Of other categories than oxlint's correctness. */
const MORE = [
  "eqeqeq",
  "no-case-declarations",
  "no-empty",
  "no-fallthrough",
  "no-prototype-builtins",
  "no-redeclare",
  "no-regex-spaces",
  "no-unexpected-multiline",
  "no-var",
  "prefer-const",
  "prefer-rest-params",
  "prefer-spread",
  "typescript/ban-ts-comment",
  "typescript/no-empty-object-type",
  "typescript/no-explicit-any",
  "typescript/no-namespace",
  "typescript/no-non-null-assertion",
  "typescript/no-require-imports",
  "typescript/no-unnecessary-type-constraint",
  "typescript/no-unsafe-function-type",
  "typescript/no-array-constructor",
];

/** Of those, what needs types. */
const TYPED = [
  "typescript/no-misused-promises",
  "typescript/no-unnecessary-type-assertion",
  "typescript/no-unsafe-argument",
  "typescript/no-unsafe-assignment",
  "typescript/no-unsafe-call",
  "typescript/no-unsafe-enum-comparison",
  "typescript/no-unsafe-member-access",
  "typescript/no-unsafe-return",
  "typescript/only-throw-error",
  "typescript/prefer-promise-reject-errors",
  "typescript/restrict-plus-operands",
];

/** Matters of taste that oxlint calls wrong. */
const TASTE = [
  "typescript/no-meaningless-void-operator",
  "typescript/no-misused-spread",
  "typescript/no-unnecessary-parameter-property-assignment",
  "typescript/no-useless-default-assignment",
  "typescript/require-array-sort-compare",
];

export default {
  plugins: ["typescript"],
  categories: { correctness: "error" },
  options: { typeAware: true, typeCheck: true },
  ignorePatterns: [
    "/dist/",
    "/cdktf.out/",
    "/__tests__/.output/",
    "/*.js",
    "/__tests__/**/*.js",
    "**/*.mjs",
    "**/*.cjs",
  ],
  rules: {
    ...rules("error", ...MORE),
    ...rules("off", ...TASTE),
    curly: ["error", "multi-line"],
  },
  overrides: [
    {
      files: ["**/*.ts"],
      rules: {
        ...rules("error", ...TYPED),
        "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
        ...restrictImports([]),
      },
    },
    ...directionRules,
    {
      files: ["server/**/*.ts"],
      excludeFiles: ["server/sdk.ts"],
      rules: restrictImports(forbiddenSiblings.server, lateSdk),
    },
    {
      // What fields of forms hold is not known to the compiler.
      files: ["emulator/console/*.ts"],
      rules: rules("off", "typescript/no-base-to-string"),
    },
    {
      files: ["__tests__/**/*.ts"],
      rules: { "no-restricted-globals": ["error", { name: "it", message: "Every test is called test." }] },
    },
  ],
};
