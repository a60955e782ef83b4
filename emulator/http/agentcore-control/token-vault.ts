import { CREDENTIAL_PROVIDER_NAME } from "../../../aws/agentcore/names";
import { structure, text } from "../../cloud/constraints";
import { vaultUnknown } from "../../cloud/identity/errors";
import type { TokenVault } from "../../cloud/identity/token-vault";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";

const DEFAULT_VAULT = "default";

/** GetTokenVault: an account has one vault, whose key is the service's own. */
export function tokenVaultOperations(vault: TokenVault): RestJsonOperation[] {
  return [
    operation(
      "GetTokenVault",
      "POST /identities/get-token-vault",
      200,
      structure({ tokenVaultId: text(64, CREDENTIAL_PROVIDER_NAME.pattern, 1).optional() }),
      ({ tokenVaultId = DEFAULT_VAULT }) => {
        if (tokenVaultId !== DEFAULT_VAULT) throw vaultUnknown(tokenVaultId);
        const kmsConfiguration = { keyType: "ServiceManagedKey" };
        return { tokenVaultId, kmsConfiguration, lastModifiedDate: vault.createdAt / 1_000 };
      },
    ),
  ];
}
