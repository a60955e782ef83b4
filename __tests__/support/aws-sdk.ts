import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { awsEnvironment } from "./aws-clients";
import { installPackages, packagesFolder } from "./installed-packages";

const run = promisify(execFile);

/** The AWS SDK for JavaScript v3, 38 MB. @returns why it cannot be used, or undefined when it can */
export function installAwsSdk(): string | undefined {
  return installPackages("aws-sdk", {
    "@aws-sdk/client-bedrock-agentcore": "3.1141.0",
    "@aws-sdk/client-bedrock-agentcore-control": "3.1142.0",
    "@aws-sdk/client-cloudwatch-logs": "3.1169.0",
    "@aws-sdk/client-cognito-identity-provider": "3.1169.0",
    "@aws-sdk/client-ecr": "3.1169.0",
    "@aws-sdk/client-iam": "3.1169.0",
    "@aws-sdk/client-secrets-manager": "3.1163.0",
    "@aws-sdk/client-sts": "3.1169.0",
  });
}

/** A session that hangs ends before its test does. */
const SESSION_MS = 50_000;

/**
 * Runs a session, a program that uses `aws-sdk-session.mjs`, with the SDK as it was published.
 *
 * @returns what it handed to `show`, by name
 */
export async function awsSdkSession(endpointUrl: string, file: string): Promise<Record<string, unknown>> {
  const env = { ...awsEnvironment(endpointUrl), AWS_SDK_FOLDER: packagesFolder("aws-sdk") };
  const { stdout } = await run(process.execPath, [file], { env, timeout: SESSION_MS });
  return JSON.parse(stdout) as Record<string, unknown>;
}
