import type { Environment } from "../environment";
import { AwsError } from "../errors";
import { LOWER_CASE, UPPER_CASE } from "../random";

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly value: string;
  readonly versionId: string;
  /** The service that keeps the secret for itself, for example `bedrock-agentcore-identity`. */
  readonly owningService: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** AWS Secrets Manager, with the secrets that services of the account keep in it. */
export class Secrets {
  private readonly byArn = new Map<string, Secret>();

  constructor(private readonly environment: Environment) {}

  create({ name, value, owningService }: Pick<Secret, "name" | "value" | "owningService">): Secret {
    const { partition, region, accountId, random, clock } = this.environment;
    const suffix = random.text(6, LOWER_CASE + UPPER_CASE);
    const now = clock.now();
    const secret: Secret = {
      arn: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`,
      name,
      value,
      versionId: random.uuid(),
      owningService,
      createdAt: now,
      changedAt: now,
    };
    this.byArn.set(secret.arn, secret);
    return secret;
  }

  /** @throws AwsError ResourceNotFoundException */
  put(arn: string, value: string): void {
    const { random, clock } = this.environment;
    this.byArn.set(arn, { ...this.get(arn), value, versionId: random.uuid(), changedAt: clock.now() });
  }

  delete(arn: string): void {
    this.byArn.delete(arn);
  }

  /** @param id the ARN or the name. @throws AwsError ResourceNotFoundException */
  get(id: string): Secret {
    const secret = this.byArn.get(id) ?? [...this.byArn.values()].find(({ name }) => name === id);
    if (!secret) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    return secret;
  }
}
