import { noAuthorizer, partTaken } from "./errors";
import { demand, type InertSettings, type RestApi, type RestApiMethodSettings } from "./rest-api";

/** Where a part is. */
export interface PartPlace {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode?: string;
}

/** What a resource has: methods, their integrations, and the responses of both. */
export class PartKind<Settings extends object> {
  constructor(
    /** As the API calls it. */
    readonly name: string,
    /** Below the method. */
    readonly path: string,
    /** What it belongs to. @throws AwsError NotFoundException */
    private readonly demandOwner: (api: RestApi, place: PartPlace) => void,
    private readonly store: (api: RestApi) => Map<string, Settings>,
    /** Whether a second one is refused, and does not replace the first. */
    private readonly isFinal = false,
    private readonly check: (api: RestApi, settings: Settings) => void = () => undefined,
  ) {}

  /** @throws AwsError NotFoundException, ConflictException */
  add(api: RestApi, place: PartPlace, settings: Settings): void {
    this.demandOwner(api, place);
    if (this.isFinal && this.find(api, place)) throw partTaken(this.name);
    this.set(api, place, settings);
  }

  set(api: RestApi, place: PartPlace, settings: Settings): void {
    this.check(api, settings);
    this.store(api).set(this.key(place), settings);
  }

  find(api: RestApi, place: PartPlace): Settings | undefined {
    return this.store(api).get(this.key(place));
  }

  /** @throws AwsError NotFoundException */
  demand(api: RestApi, place: PartPlace): Settings {
    return demand(this.store(api), this.key(place), this.name);
  }

  /** Those that a method has, by status. */
  ofStatuses(api: RestApi, place: PartPlace): Readonly<Record<string, Settings>> {
    return below(this.store(api), this.key({ ...place, statusCode: "" }));
  }

  /** With what belongs to it. @throws AwsError NotFoundException */
  delete(api: RestApi, place: PartPlace): void {
    this.demand(api, place);
    deleteBelow(api, this.key(place));
  }

  private key({ resourceId, httpMethod, statusCode = "" }: PartPlace): string {
    return `${resourceId}/${httpMethod}${this.path.replace(":statusCode", statusCode)}`;
  }
}

export const METHOD = new PartKind<RestApiMethodSettings>(
  "Method",
  "",
  (api, { resourceId }) => demand(api.resources, resourceId, "Resource"),
  ({ methods }) => methods,
  true,
  ({ authorizers }, { authorizationType, authorizerId = "" }) => {
    if (["CUSTOM", "COGNITO_USER_POOLS"].includes(authorizationType) && !authorizers.has(authorizerId)) {
      throw noAuthorizer();
    }
  },
);

const demandMethod = (api: RestApi, place: PartPlace) => METHOD.demand(api, place);
const partsOf = ({ parts }: RestApi) => parts;

export const INTEGRATION = new PartKind<InertSettings>("Integration", "/integration", demandMethod, partsOf);

export const METHOD_RESPONSE = new PartKind<InertSettings>(
  "MethodResponse",
  "/responses/:statusCode",
  demandMethod,
  partsOf,
  true,
);

export const INTEGRATION_RESPONSE = new PartKind<InertSettings>(
  "IntegrationResponse",
  "/integration/responses/:statusCode",
  (api, place) => INTEGRATION.demand(api, place),
  partsOf,
);

export function methodsOf({ methods }: RestApi, resourceId: string): Readonly<Record<string, RestApiMethodSettings>> {
  return below(methods, `${resourceId}/`);
}

function below<Part>(parts: ReadonlyMap<string, Part>, above: string): Record<string, Part> {
  const own = [...parts].filter(([key]) => key.startsWith(above));
  return Object.fromEntries(own.map(([key, part]) => [key.slice(above.length), part]));
}

/** What belongs to a resource, or to one of its parts. */
export function deleteBelow({ methods, parts }: RestApi, key: string): void {
  for (const store of [methods, parts]) {
    for (const each of store.keys()) if (`${each}/`.startsWith(`${key}/`)) store.delete(each);
  }
}
