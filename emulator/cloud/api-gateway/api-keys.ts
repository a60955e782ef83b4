import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";
import { Registry } from "../registry";
import type { TagMap, Tags } from "../tags";
import { keyTaken, keyTooShort, partUnknown } from "./errors";
import type { InertSettings } from "./rest-api";

export interface ApiKeyDeclaration {
  readonly name?: string | undefined;
  /** @default - the service makes one */
  readonly value?: string | undefined;
  readonly enabled: boolean;
}

/** A key that callers of stages show; times are milliseconds since the epoch. */
export interface ApiKey extends ApiKeyDeclaration {
  readonly id: string;
  readonly arn: string;
  readonly value: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly inert: InertSettings;
}

/** API Gateway developer guide, "limits and important notes": from 20 characters on. */
const SHORTEST = 20;
/** As many characters as the service's own have. */
const OWN = 40;

/** The keys of an account, for all of its APIs. */
export class ApiKeys extends Registry<ApiKey> {
  constructor(
    private readonly environment: Environment,
    private readonly tags: Tags,
  ) {
    super(() => partUnknown("API Key"));
  }

  /** @throws AwsError BadRequestException, ConflictException */
  create(declaration: ApiKeyDeclaration, inert: InertSettings = {}, tags?: TagMap): ApiKey {
    const { random, clock, partition, region } = this.environment;
    const { value = random.text(OWN, LOWER_CASE + UPPER_CASE + DIGITS) } = declaration;
    if (value.length < SHORTEST) throw keyTooShort(SHORTEST);
    if (this.valued(value)) throw keyTaken();
    const id = random.text(10, LOWER_CASE + DIGITS);
    const arn = `arn:${partition}:apigateway:${region}::/apikeys/${id}`;
    const now = clock.now();
    const key = { ...declaration, id, arn, value, createdAt: now, updatedAt: now, inert };
    this.items.set(id, key);
    this.tags.create(arn, tags);
    return key;
  }

  /** @throws AwsError NotFoundException */
  update(id: string, change: Pick<ApiKey, "name" | "enabled" | "inert">): ApiKey {
    const key = { ...this.get(id), ...change, updatedAt: this.environment.clock.now() };
    this.items.set(id, key);
    return key;
  }

  /** @throws AwsError NotFoundException */
  override delete(id: string): void {
    this.tags.delete(this.get(id).arn);
    super.delete(id);
  }

  valued(value: string): ApiKey | undefined {
    return this.all().find((key) => key.value === value);
  }
}
