import { problem, quote } from "./problem";

/** A release that a feature needs. */
export interface Requirement {
  readonly feature: string;
  readonly since: string;
}

export interface UnmetRequirement extends Requirement {
  readonly constraint: string;
}

export const providerTooOld = ({ feature, since, constraint }: UnmetRequirement) =>
  problem(
    "PROVIDER_TOO_OLD",
    `${feature} needs the AWS provider ${since} or newer, but the stack allows ${quote(constraint)} only: remove ` +
      'its override of "terraform.required_providers.aws.version", or allow a newer release.',
  );

export const terraformTooOld = ({ feature, since, constraint }: UnmetRequirement) =>
  problem(
    "PROVIDER_TOO_OLD",
    `${feature} needs Terraform ${since} or newer, but the stack allows ${quote(constraint)} only: remove its ` +
      'override of "terraform.required_version", or allow a newer release.',
  );

export const targetVersionsTooWide = ({ feature, since }: Requirement) =>
  problem(
    "PROVIDER_TOO_OLD",
    `${feature} needs Terraform ${since} or newer, and the project does not say that it has that: set ` +
      `"targetVersions": { "terraform": ">=${since}.0" } in cdktf.json, or as context of the App.`,
  );
