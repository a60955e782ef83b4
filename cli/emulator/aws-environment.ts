/** The region that the environment names. */
export function ownRegion(): string {
  return process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1";
}

/** What AWS CLIs, SDKs and providers are told to call the emulator. */
export function awsEnvironment(url: string, region: string): string[] {
  return [
    `export AWS_ENDPOINT_URL=${url}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_EC2_METADATA_DISABLED=true",
  ];
}
