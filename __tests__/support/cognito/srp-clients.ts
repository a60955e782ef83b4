import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { installPackages, packagesFolder } from "../installed-packages";

const run = promisify(execFile);

const NAME = "cognito-clients";

/** AWS's client for browsers, and a helper for the AWS SDK. */
const PACKAGES = {
  "amazon-cognito-identity-js": "6.3.21",
  "cognito-srp-helper": "2.3.4",
  "@aws-sdk/client-cognito-identity-provider": "3.1169.0",
};

/** Whose sign-ins a client tries, and where. */
export interface SrpSignIns {
  readonly client: keyof typeof PACKAGES;
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly signIns: readonly object[];
}

export type SrpOutcome = { readonly accessToken: string } | { readonly challenge: string } | { readonly error: string };

/** Installs the clients where they are missing. Returns why they cannot be used, or undefined when they can. */
export function installSrpClients(): string | undefined {
  return installPackages(NAME, PACKAGES);
}

/** What came of each sign-in, in order; the members of a sign-in are described in `sign-in-by-srp.cjs`. */
export async function signInBySrp(signIns: SrpSignIns): Promise<readonly SrpOutcome[]> {
  const program = join(__dirname, "sign-in-by-srp.cjs");
  const { stdout } = await run(process.execPath, [program, packagesFolder(NAME), JSON.stringify(signIns)], {
    timeout: 50_000,
  });
  return JSON.parse(stdout) as SrpOutcome[];
}
