const { relative } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** The suites that take longest, so that none of them runs alone at the end. */
const LONGEST = [
  "package/package.test.ts",
  "cdk-terrain/packed.test.ts",
  "cdk-terrain/constructs.test.ts",
  "e2e/cdktf-cli.test.ts",
  "e2e/console.test.ts",
  "review/terraform-plans.test.ts",
  "emulator/image.test.ts",
  "topology/hostile.test.ts",
  "examples/terraform.test.ts",
  "e2e/article-session.test.ts",
  "server/image.test.ts",
  "server/memory.test.ts",
  "server/drain.test.ts",
  "e2e/browser-sign-in.test.ts",
  "server/hostile.test.ts",
  "cli/commands/up/up.test.ts",
  "docs/contributing.test.ts",
  "e2e/conformance.test.ts",
  "e2e/start.test.ts",
];

const rank = ({ path }) => {
  const place = LONGEST.indexOf(relative("__tests__", path));
  return place < 0 ? LONGEST.length : place;
};

/** The longest first, the others as Jest has them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
