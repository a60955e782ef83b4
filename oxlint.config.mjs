// The rules of eslint.config.mjs, which editors read, for oxlint: it finds what breaks them, and what the compiler refuses, in
// a quarter of the time.
import config from "./eslint.config.mjs";

/** What the compiler refuses in every module. */
const REFUSED_BY_COMPILER = ["no-dupe-args", "no-octal"];

const rulesOf = ({ rules = {} }) => Object.entries(rules);
const isOn = ([, setting]) => ![0, "off"].includes([setting].flat()[0]);
const used = new Set(config.flatMap((part) => rulesOf(part).filter(isOn)).map(([name]) => name));
REFUSED_BY_COMPILER.forEach((name) => used.delete(name));

export default {
  plugins: ["typescript"],
  categories: { correctness: "off" },
  options: { typeAware: true, typeCheck: true },
  // Without a slash at its beginning a pattern would be one of every folder.
  ignorePatterns: config
    .flatMap(({ ignores = [], rules }) => (rules ? [] : ignores))
    .map((path) => path.replace(/^(?!\*\*)/, "/")),
  overrides: config
    .filter(({ rules }) => rules)
    .map(({ files = ["**/*"], ignores, ...part }) => ({
      files,
      ...(ignores && { excludeFiles: ignores }),
      rules: Object.fromEntries(
        rulesOf(part)
          .filter(([name]) => used.has(name))
          .map(([name, setting]) => [name.replace("@typescript-eslint/", "typescript/"), setting]),
      ),
    })),
};
