import { stopAll } from "../testing";

/** What both test runners give their setup files. */
interface TestRunner {
  afterAll?: (end: () => Promise<void>) => void;
}

const { afterAll } = globalThis as TestRunner;
if (!afterAll) {
  throw new Error(
    "cdktf-agentcore/testing/setup is a setup file for Jest (setupFilesAfterEnv), and for Vitest with the option globals: true.",
  );
}

afterAll(stopAll);
