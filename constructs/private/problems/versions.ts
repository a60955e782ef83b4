import type { Problem } from "../errors";
import { quote } from "./quote";

interface UnmetRequirement {
  readonly feature: string;
  readonly since: string;
  readonly constraint: string;
}

export function providerTooOld({ feature, since, constraint }: UnmetRequirement): Problem {
  return {
    code: "PROVIDER_TOO_OLD",
    message:
      `${feature} needs the AWS provider ${since} or newer, but the stack allows ${quote(constraint)} only: remove ` +
      'its override of "terraform.required_providers.aws.version", or allow a newer release.',
  };
}

export function terraformTooOld({ feature, since, constraint }: UnmetRequirement): Problem {
  return {
    code: "PROVIDER_TOO_OLD",
    message:
      `${feature} needs Terraform ${since} or newer, but the stack allows ${quote(constraint)} only: remove its ` +
      'override of "terraform.required_version", or allow a newer release.',
  };
}
