/** Errors of Terraform, the provider or a machine that the emulator does not stand for. */
export const NOT_EMULATED: Readonly<Record<string, string>> = {
  "a runtime in a VPC that names no subnets": "the emulator has no networks",
  "a gateway name of 48 characters":
    "creation works, and identifiers over 50 characters are refused elsewhere (awslabs/nx-plugin-for-aws)",
  "a gateway role that may not fetch the API key of a target": "its server is outside of the emulated network",
  "the ARN of a secret for the API key in it": "it is a key like any other, which nobody here is shown",
  "a lifetime below the service's shortest": "the emulator ignores lifetimes",
  "one lifecycle value without the other": "the provider fails, not the service",
  "an empty environment map": "the provider fails, not the service",
  "a misspelt argument": "Terraform refuses it, not the service",
  "a misspelt block": "Terraform refuses it, not the service",
  "an argument in the wrong place": "Terraform refuses it, not the service",
  "a misspelt argument of a block": "Terraform refuses it, not the service",
  "a misspelt argument of Terraform's own": "Terraform refuses it, not the service",
  "a target of two kinds": "the provider refuses it, not the service",
  "a key's id for its ARN": "the provider refuses it, and the emulator has no keys",
  "a misspelt kind": "Terraform refuses it, not the service",
  "an image built without a platform": "the emulator runs no image",
  "an image built for amd64": "the emulator runs no image",
};
