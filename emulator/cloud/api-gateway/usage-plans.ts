import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE } from "../random";
import { Registry } from "../registry";
import type { TagMap } from "../tags";
import type { ApiKey, ApiKeys } from "./api-keys";
import { keyInPlan, partUnknown, planInUse } from "./errors";
import { demand, type InertSettings } from "./rest-api";
import type { RestApis } from "./rest-apis";

export interface ApiStage {
  readonly apiId: string;
  readonly stage: string;
}

export interface UsagePlanDeclaration {
  readonly name: string;
  readonly apiStages: readonly ApiStage[];
}

/** Which keys open which stages. Its throttle and its quota are kept, without effect. */
export interface UsagePlan extends UsagePlanDeclaration {
  readonly id: string;
  readonly arn: string;
  /** Ids of keys. */
  readonly keys: ReadonlySet<string>;
  readonly inert: InertSettings;
}

export class UsagePlans extends Registry<UsagePlan> {
  constructor(
    private readonly environment: Environment,
    private readonly apis: RestApis,
    private readonly keys: ApiKeys,
  ) {
    super(() => partUnknown("Usage Plan"));
  }

  /** @throws AwsError NotFoundException for a stage that is not there */
  create(declaration: UsagePlanDeclaration, inert: InertSettings = {}, tags?: TagMap): UsagePlan {
    const { random, partition, region } = this.environment;
    const id = random.text(6, LOWER_CASE + DIGITS);
    const arn = `arn:${partition}:apigateway:${region}::/usageplans/${id}`;
    const plan = this.put({ ...declaration, id, arn, keys: new Set(), inert });
    this.apis.tags.create(arn, tags);
    return plan;
  }

  /** @throws AwsError NotFoundException for a stage that is not there */
  put(plan: UsagePlan): UsagePlan {
    for (const { apiId, stage } of plan.apiStages) demand(this.apis.get(apiId).stages, stage, "stage");
    this.items.set(plan.id, plan);
    return plan;
  }

  /** @throws AwsError NotFoundException, BadRequestException for one that still has stages */
  override delete(id: string): void {
    const { apiStages, arn } = this.get(id);
    if (apiStages.some((each) => this.isThere(each))) throw planInUse(id);
    this.apis.tags.delete(arn);
    super.delete(id);
  }

  /** @throws AwsError NotFoundException, ConflictException */
  addKey(id: string, keyId: string): ApiKey {
    const [plan, key] = [this.get(id), this.keys.get(keyId)];
    if (plan.keys.has(keyId)) throw keyInPlan();
    this.items.set(id, { ...plan, keys: new Set([...plan.keys, keyId]) });
    return key;
  }

  /** @throws AwsError NotFoundException */
  removeKey(id: string, keyId: string): void {
    const plan = this.get(id);
    this.keyOf(id, keyId);
    this.items.set(id, { ...plan, keys: new Set([...plan.keys].filter((each) => each !== keyId)) });
  }

  /** @throws AwsError NotFoundException for one that the plan does not have */
  keyOf(id: string, keyId: string): ApiKey {
    const key = this.get(id).keys.has(keyId) ? this.keys.find(keyId) : undefined;
    if (!key) throw partUnknown("Usage Plan Key");
    return key;
  }

  /** Whether a stage lets who shows the key in. */
  admits({ apiId, stage }: ApiStage, value: string): boolean {
    const key = this.keys.valued(value);
    const opens = ({ keys, apiStages }: UsagePlan): boolean =>
      key !== undefined && keys.has(key.id) && apiStages.some((each) => each.apiId === apiId && each.stage === stage);
    return key?.enabled === true && this.all().some(opens);
  }

  private isThere({ apiId, stage }: ApiStage): boolean {
    return this.apis.find(apiId)?.stages.has(stage) === true;
  }
}
