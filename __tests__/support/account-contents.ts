import type { Emulator } from "../../emulator";
import type { Account } from "../../emulator/cloud/account";

/** Each resource of an emulated account, and each output: by its kind and its name, all that is kept of it. */
export type AccountContents = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Resource = readonly [name: string, content: object];

/**
 * The contents of an account as two accounts have them alike: without times, and with what is assigned anew in every run
 * called by the name of its owner.
 */
export function contentsOf(emulator: Emulator): AccountContents {
  const { account } = emulator;
  const names = assignedTexts(account).sort(([one], [other]) => other.length - one.length);
  const named = (text: string): string => names.reduce((result, [id, name]) => result.replaceAll(id, name), text);
  return Object.fromEntries(
    Object.entries({ ...resourcesOf(account), output: outputsOf(emulator) }).map(([kind, resources]) => [
      kind,
      Object.fromEntries(resources.map(([name, content]) => [named(name), plain(content, named)])),
    ]),
  );
}

function resourcesOf(account: Account): Record<string, Resource[]> {
  const { cognito, iam, gateways, runtimes, deliveries } = account;
  return {
    userPool: cognito
      .userPools()
      .map(({ declaration, mfa, domain, arn, resourceServers, clients }) => [
        declaration.poolName,
        { declaration, mfa, domain, arn, resourceServers, clients: [...clients.values()] },
      ]),
    role: iam.all().map((role) => [role.roleName, role]),
    managedPolicy: iam.managedPolicies.all().map((policy) => [policy.identity.policyName, policy]),
    repository: account.repositories.all().map((each) => [each.repositoryName, each]),
    secret: account.secrets.all().map((secret) => [secret.name, secret]),
    logGroup: account.logGroups.all().map((group) => [group.name, group]),
    delivery: deliveries.all().map((delivery) => [delivery.id, delivery]),
    workloadIdentity: account.workloadIdentities.all().map((identity) => [identity.name, identity]),
    oauth2CredentialProvider: account.credentialProviders.all().map((provider) => [provider.name, provider]),
    apiKeyCredentialProvider: account.apiKeyProviders.all().map((provider) => [provider.name, provider]),
    agentRuntime: runtimes.all().map(({ identity, status, versions, endpoints }) => [
      identity.agentRuntimeId,
      {
        identity,
        status,
        versions: versions.map(({ version, declaration }) => ({ version, declaration })),
        endpoints,
      },
    ]),
    gateway: gateways
      .all()
      .map(({ declaration, attributes, supportedVersions }) => [
        declaration.name,
        { declaration, attributes, supportedVersions },
      ]),
    gatewayTarget: gateways.all().flatMap(({ targets }) => targets.map((target) => [target.declaration.name, target])),
  };
}

/** With the same origin for every port. */
function outputsOf(emulator: Emulator): Resource[] {
  return Object.entries(emulator.outputs("http://emulator")).map(([name, output]) => [name, output]);
}

/** Identifiers and secrets that an account makes up, and how they are called. */
function assignedTexts({ cognito, iam, gateways, runtimes }: Account): [text: string, name: string][] {
  const pools = cognito.userPools();
  const clients = pools.flatMap((pool) => [...pool.clients.values()]);
  return [
    ...pools.map((pool): [string, string] => [pool.id, `<pool ${pool.declaration.poolName}>`]),
    ...clients.map((client): [string, string] => [client.clientId, `<client ${client.clientName}>`]),
    ...clients.flatMap(({ clientSecret, clientName }): [string, string][] =>
      clientSecret === undefined ? [] : [[clientSecret, `<secret of ${clientName}>`]],
    ),
    ...iam.all().map((role): [string, string] => [role.roleId, `<id of ${role.roleName}>`]),
    ...runtimes
      .all()
      .map(({ identity, versions }): [string, string] => [
        identity.agentRuntimeId,
        `<runtime ${versions[0]?.declaration.agentRuntimeName}>`,
      ]),
    ...gateways
      .all()
      .flatMap(({ attributes, declaration, targets }): [string, string][] => [
        [attributes.gatewayId, `<gateway ${declaration.name}>`],
        ...targets.map((target): [string, string] => [target.targetId, `<target ${target.declaration.name}>`]),
      ]),
  ];
}

const TIMES = /^(created|updated|modified|changed|lastSynchronized)At$/;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const SECRET_SUFFIX = /(:secret:.*)-[A-Za-z0-9]{6}$/;

/** A plan keeps sets in another order than a configuration: of texts, and of scopes. JSON is compared by what it says. */
function plain(value: unknown, named: (text: string) => string): unknown {
  if (typeof value === "string") {
    const text = named(value).replace(SECRET_SUFFIX, "$1-<suffix>").replace(UUID, "<uuid>");
    return text.startsWith("{") ? plain(JSON.parse(text), named) : text;
  }
  if (value instanceof Map) return plain(Object.fromEntries(value), named);
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item, named));
    return items.every(isOfSet) ? items.sort((one, other) => textOf(one).localeCompare(textOf(other))) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, member]) =>
          !TIMES.test(name) && !isParsed(name, value) && member !== undefined && typeof member !== "function",
      )
      .map(([name, member]) => [named(name), plain(member, named)]),
  );
}

/** What a policy's JSON says stands beside it. */
function isParsed(name: string, value: object): boolean {
  return name === "document" && "json" in value;
}

function isOfSet(item: unknown): boolean {
  return typeof item === "string" || (typeof item === "object" && item !== null && "scopeName" in item);
}

function textOf(item: unknown): string {
  return JSON.stringify(item);
}
