import { partTaken } from "./errors";
import { demand, type InertSettings, type RestApi, type RestApiMethodSettings } from "./rest-api";

/** Where a part is. */
export interface PartPlace {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode?: string;
}

/** What a resource has: methods, their integrations, and the responses of both. */
export interface PartKind<Settings extends object> {
  /** As the API calls it. */
  readonly name: string;
  /** Below the method. */
  readonly path: string;
  /** What it belongs to. @throws AwsError NotFoundException */
  readonly demandOwner: (api: RestApi, place: PartPlace) => void;
  readonly store: (api: RestApi) => Map<string, Settings>;
  /** @default false, and a second one replaces the first */
  readonly isFinal?: boolean;
}

export const METHOD: PartKind<RestApiMethodSettings> = {
  name: "Method",
  path: "",
  demandOwner: (api, { resourceId }) => demand(api.resources, resourceId, "Resource"),
  store: ({ methods }) => methods,
  isFinal: true,
};

const ofMethod = {
  demandOwner: (api: RestApi, place: PartPlace) => demandPart(api, METHOD, place),
  store: ({ parts }: RestApi) => parts,
};

export const INTEGRATION: PartKind<InertSettings> = { ...ofMethod, name: "Integration", path: "/integration" };

export const METHOD_RESPONSE: PartKind<InertSettings> = {
  ...ofMethod,
  name: "MethodResponse",
  path: "/responses/:statusCode",
  isFinal: true,
};

export const INTEGRATION_RESPONSE: PartKind<InertSettings> = {
  ...ofMethod,
  name: "IntegrationResponse",
  path: "/integration/responses/:statusCode",
  demandOwner: (api, place) => demandPart(api, INTEGRATION, place),
};

/** @throws AwsError NotFoundException, ConflictException */
export function addPart<Settings extends object>(
  api: RestApi,
  kind: PartKind<Settings>,
  place: PartPlace,
  settings: Settings,
): void {
  kind.demandOwner(api, place);
  if (kind.isFinal && findPart(api, kind, place)) throw partTaken(kind.name);
  setPart(api, kind, place, settings);
}

export function setPart<Settings extends object>(
  api: RestApi,
  kind: PartKind<Settings>,
  place: PartPlace,
  settings: Settings,
): void {
  kind.store(api).set(keyOf(kind, place), settings);
}

export function findPart<Settings extends object>(
  api: RestApi,
  kind: PartKind<Settings>,
  place: PartPlace,
): Settings | undefined {
  return kind.store(api).get(keyOf(kind, place));
}

/** @throws AwsError NotFoundException */
export function demandPart<Settings extends object>(
  api: RestApi,
  kind: PartKind<Settings>,
  place: PartPlace,
): Settings {
  return demand(kind.store(api), keyOf(kind, place), kind.name);
}

/** The responses of a kind that a method has, by status. */
export function responsesOf(
  api: RestApi,
  kind: PartKind<InertSettings>,
  place: PartPlace,
): Readonly<Record<string, InertSettings>> {
  return below(kind.store(api), keyOf(kind, { ...place, statusCode: "" }));
}

export function methodsOf({ methods }: RestApi, resourceId: string): Readonly<Record<string, RestApiMethodSettings>> {
  return below(methods, `${resourceId}/`);
}

function below<Part>(parts: ReadonlyMap<string, Part>, above: string): Record<string, Part> {
  const own = [...parts].filter(([key]) => key.startsWith(above));
  return Object.fromEntries(own.map(([key, part]) => [key.slice(above.length), part]));
}

/** With what belongs to it. */
export function deletePart(api: RestApi, kind: PartKind<object>, place: PartPlace): void {
  demandPart(api, kind, place);
  deleteBelow(api, keyOf(kind, place));
}

/** What belongs to a resource, or to one of its parts. */
export function deleteBelow({ methods, parts }: RestApi, key: string): void {
  for (const store of [methods, parts]) {
    for (const each of store.keys()) if (`${each}/`.startsWith(`${key}/`)) store.delete(each);
  }
}

function keyOf({ path }: PartKind<object>, { resourceId, httpMethod, statusCode = "" }: PartPlace): string {
  return `${resourceId}/${httpMethod}${path.replace(":statusCode", statusCode)}`;
}
