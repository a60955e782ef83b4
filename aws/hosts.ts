// aws/: what AWS says, stated once and with its source; one folder for each service.

/** Domain suffixes of the partitions that have one of their own: aws-sdk-go-v2, `endpoints.json`. */
const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
  "aws-eusc": "amazonaws.eu",
};

export function dnsSuffix(partition: string): string {
  return DNS_SUFFIXES[partition] ?? "amazonaws.com";
}

/** The host of a service's API. @param partition - left out for those that have AgentCore */
export function apiHost(service: string, region: string, partition = "aws"): string {
  return `${service}.${region}.${dnsSuffix(partition)}`;
}

/** In patterns: how the hosts of services end, in China, too. */
export const HOST_END = "\\.amazonaws\\.com(?:\\.cn)?";

/** In patterns: the host of a service's API. Its group is the region. @param region - what it may be */
export function apiHostPattern(service: string, region = "[a-z0-9-]+"): string {
  return `${service}\\.(${region})${HOST_END}`;
}

/** The host of a service that all regions share. */
export function globalHost(service: string): string {
  return `${service}.amazonaws.com`;
}

/** Of an account's private repositories. */
export function registryHost(accountId: string, region: string): string {
  return apiHost(`${accountId}.dkr.ecr`, region);
}

/** What images of a private repository begin with. */
export function repositoryUrl(accountId: string, region: string, repositoryName: string): string {
  return `${registryHost(accountId, region)}/${repositoryName}`;
}
