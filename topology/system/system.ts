import type { Inventory } from "../modules/inventory";
import { readCredentialProviders, readGateways, readRuntimes, readTargets } from "./agentcore";
import { readUserPoolClients, readUserPools } from "./cognito";
import { Links } from "./links";
import type { System } from "./model";
import { readRoles } from "./roles";

/** Links what an inventory declares. */
export function readSystem(inventory: Inventory): System {
  const links = new Links(inventory);
  const userPools = readUserPools(links);
  const userPoolClients = readUserPoolClients(links, userPools);
  const roles = readRoles(links);
  const surroundings = { links, userPools, userPoolClients, roles };
  const providers = readCredentialProviders(surroundings);
  const runtimes = readRuntimes(surroundings);
  const gateways = readGateways(surroundings);
  return {
    userPools: [...userPools.values()],
    userPoolClients: [...userPoolClients.values()],
    credentialProviders: [...providers.values()],
    runtimes: [...runtimes.values()],
    gateways: [...gateways.values()],
    targets: readTargets(links, gateways, runtimes, providers),
    roles: [...roles.values()],
  };
}
