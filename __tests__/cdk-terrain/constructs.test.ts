import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { installCdkTerrain } from "../support/cdk-terrain";
import { testUnless } from "../support/skip";

const run = promisify(execFile);
const repository = resolve(__dirname, "../..");

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly message: string }[];
}

testUnless(installCdkTerrain())(
  "the construct tests pass on CDK Terrain",
  async () => {
    const options = ["--ci", "-w", "1", "--json", "-c", "__tests__/cdk-terrain/jest.config.js"];
    const { stdout } = await run(
      process.execPath,
      [...process.execArgv, require.resolve("jest/bin/jest"), ...options],
      {
        cwd: repository,
        maxBuffer: 64 * 1024 * 1024,
      },
    ).catch(({ stdout }: { stdout: string }) => ({ stdout }));
    const { numPassedTests, testResults } = JSON.parse(stdout) as Report;
    expect(testResults.map(({ message }) => message).filter(Boolean)).toEqual([]);
    expect(numPassedTests).toBeGreaterThan(250);
  },
  600_000,
);
