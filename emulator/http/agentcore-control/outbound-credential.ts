import type { z } from "zod";

import { CREDENTIAL_KINDS, type OutboundCredential } from "../../../topology";
import { CONSTRAINTS, listOf, oneOf, structure } from "../../cloud/constraints";
import { credentialMemberMissing } from "../../cloud/identity/errors";

const CREDENTIAL_PROVIDER_CONFIGURATION = structure({
  credentialProviderType: oneOf(Object.keys(CREDENTIAL_KINDS)),
  credentialProvider: structure(
    Object.fromEntries(
      Object.values(CREDENTIAL_KINDS).flatMap((kind) =>
        kind.member === undefined ? [] : [[kind.member, kind.members(CONSTRAINTS).optional()]],
      ),
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
  const { member = "", isConfigured } = CREDENTIAL_KINDS[type] ?? {};
  const settings = credentialProvider[member];
  if (settings === undefined && isConfigured) throw credentialMemberMissing(member, type);
  return { type, ...Object(settings) } as OutboundCredential;
}

export function credentialShape({ type, ...settings }: OutboundCredential): object[] {
  const kind = CREDENTIAL_KINDS[type];
  if (!kind) return [];
  const { member } = kind;
  const isTold = member !== undefined && Object.values(settings).some((value) => value !== undefined);
  return [{ credentialProviderType: type, ...(isTold && { credentialProvider: { [member]: settings } }) }];
}
