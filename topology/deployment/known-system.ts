import { hasDataSource } from "../data-sources";
import { referenceInAws } from "../cloud-control";
import { type Reference, type Symbolic, typeOf, Unknown } from "../language";
import type { Instance, Inventory } from "../modules/inventory";
import { argumentsOnDemand, readerOf } from "../resources";
import { instanceSymbol } from "../resources/instance-symbol";
import { DEFAULT_REGION } from "./topology";

/** The instances of a source by their address and kind, and the account and region that it is made for. */
export class KnownSystem {
  readonly region: string;
  private readonly byAddress: ReadonlyMap<string, Instance>;

  /** @param isPlan - whether it shows the region of each resource among its arguments */
  constructor(
    readonly inventory: Inventory,
    isPlan: boolean,
  ) {
    this.byAddress = new Map(inventory.instances.map((instance) => [instance.address, instance]));
    this.region = regionOf(inventory, isPlan);
  }

  /** The account that the source names: as its caller's, or else in all of its ARNs. */
  get accountId(): string | undefined {
    return accountOf(this.inventory);
  }

  /** The account of the roles that services are given: a role of another account cannot be passed to a service. */
  get accountOfRoles(): string | undefined {
    const roles = this.inventory.instances.map((instance) => instance.arguments.text("role_arn"));
    const accounts = roles.flatMap((arn) =>
      typeof arn === "string" ? (/^arn:[^:]+:iam::(\d{12}):role\//.exec(arn)?.[1] ?? []) : [],
    );
    const [account, ...others] = new Set(accounts);
    return others.length === 0 ? account : undefined;
  }

  instance(address: string): Instance | undefined {
    return this.byAddress.get(address);
  }

  ofType(type: string): readonly Instance[] {
    return this.inventory.instances.filter((instance) => instance.type === type);
  }

  /** The kind of the resource or data source at an address, in the words of the provider aws. */
  typeOf(address: string): string | undefined {
    return this.instance(address)?.type ?? typeOf(address);
  }

  /** Why there is nothing of the module at an address; undefined for any other address. */
  missingModule(address: string): string | undefined {
    const { hidden } = this.inventory;
    return /(^|\.)module\.[^.]+$/.test(address) ? hidden.find((each) => each.address === address)?.reason : undefined;
  }

  isSupported(type: string): boolean {
    return hasDataSource(type) || readerOf(type) !== undefined;
  }

  /** Whether a deployment will know what a reference leads to, such as `client_secret_arn[0].secret_arn` of a provider. */
  isKnown(reference: Reference): boolean {
    const { address, attribute } = referenceInAws(reference);
    const instance = this.byAddress.get(address);
    const [root = ""] = attribute.split(/[.[]/);
    if (instance === undefined || root === "" || !this.isSupported(instance.type)) return false;
    if (hasDataSource(instance.type) || readerOf(instance.type)?.assigned.includes(root) === true) return true;
    return instance.arguments.value(root) !== undefined && argumentsOnDemand(instance.type)?.includes(root) !== false;
  }

  /** What others see of an attribute: its value, or a reference to what is not known yet. */
  attribute(address: string, attribute: string): Symbolic {
    const instance = this.byAddress.get(address);
    if (instance === undefined) return Unknown.of({ address, attribute });
    const value = instanceSymbol(address, instance.type, () => instance.arguments.values, this.region).member(
      attribute,
    );
    return value instanceof Unknown ? Unknown.of({ address, attribute }) : value;
  }
}

function regionOf({ region, instances }: Inventory, isPlan: boolean): string {
  const current = instances.filter(({ type, hasOwnProvider }) => type === "data.aws_region" && !hasOwnProvider);
  const texts = [
    region,
    ...current.map((instance) => instance.arguments.text("name")),
    ...(isPlan ? instances.map((instance) => instance.arguments.text("region")) : []),
  ];
  return texts.find((text) => typeof text === "string") ?? DEFAULT_REGION;
}

const ARN_ACCOUNT = /\barn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/g;

function accountOf({ instances }: Inventory): string | undefined {
  const callers = instances.filter(
    ({ type, hasOwnProvider }) => type === "data.aws_caller_identity" && !hasOwnProvider,
  );
  const caller = callers
    .map((instance) => instance.arguments.text("account_id"))
    .find((text) => typeof text === "string");
  if (caller !== undefined) return caller;
  const values = JSON.stringify(instances.map((instance) => instance.arguments.values));
  const [account, ...others] = new Set(Array.from(values.matchAll(ARN_ACCOUNT), ([, id = ""]) => id));
  return others.length === 0 ? account : undefined;
}
