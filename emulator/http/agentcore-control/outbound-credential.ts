import type { z } from "zod";

import { CREDENTIAL_KINDS, type OutboundCredential } from "../../../topology";
import { CONSTRAINTS, listOf, oneOf, structure } from "../../cloud/constraints";
import { credentialKindNotEmulated, credentialMemberMissing } from "../../cloud/identity/errors";

/** Credentials of the caller, which are not emulated. */
const OTHERS = ["CALLER_IAM_CREDENTIALS", "JWT_PASSTHROUGH"];

const CREDENTIAL_PROVIDER_CONFIGURATION = structure({
  credentialProviderType: oneOf([...Object.keys(CREDENTIAL_KINDS), ...OTHERS]),
  credentialProvider: structure(
    Object.fromEntries(
      Object.values(CREDENTIAL_KINDS).map((kind) => [kind.member, kind.members(CONSTRAINTS).optional()]),
    ),
  ).optional(),
});

/** `credentialProviderConfigurations` of a target: one, or left out. */
export const CREDENTIAL_PROVIDER_CONFIGURATIONS = listOf(CREDENTIAL_PROVIDER_CONFIGURATION, 1, 1).optional();

/** @throws AwsError ValidationException where the type and its member do not go together */
export function readCredential(
  configurations: z.output<typeof CREDENTIAL_PROVIDER_CONFIGURATIONS>,
): OutboundCredential {
  const [configuration] = configurations ?? [];
  if (!configuration) return { type: "NONE" };
  const { credentialProviderType: type, credentialProvider = {} } = configuration;
  const kind = CREDENTIAL_KINDS[type];
  if (!kind) throw credentialKindNotEmulated(type);
  const settings = credentialProvider[kind.member];
  if (settings === undefined && kind.isConfigured) throw credentialMemberMissing(kind.member, type);
  return { type, ...Object(settings) } as OutboundCredential;
}

export function credentialShape({ type, ...settings }: OutboundCredential): object[] {
  const kind = CREDENTIAL_KINDS[type];
  if (!kind) return [];
  const isTold = Object.values(settings).some((value) => value !== undefined);
  return [{ credentialProviderType: type, ...(isTold && { credentialProvider: { [kind.member]: settings } }) }];
}
