import { TAGS } from "../../aws/agentcore/limits";
import { AwsError } from "./errors";

export type TagMap = Readonly<Record<string, string>>;

/** The tags of AgentCore resources, by ARN. A resource is there from its creation to its deletion. */
export class Tags {
  private readonly byArn = new Map<string, TagMap>();

  create(resourceArn: string, tags: TagMap = {}): void {
    this.byArn.set(resourceArn, tags);
  }

  delete(resourceArn: string): void {
    this.byArn.delete(resourceArn);
  }

  has(resourceArn: string): boolean {
    return this.byArn.has(resourceArn);
  }

  /** @throws AwsError ResourceNotFoundException */
  list(resourceArn: string): TagMap {
    const tags = this.byArn.get(resourceArn);
    if (!tags) throw new AwsError("ResourceNotFoundException", `Resource ${resourceArn} not found.`);
    return tags;
  }

  /** @throws AwsError ResourceNotFoundException, ServiceQuotaExceededException */
  add(resourceArn: string, tags: TagMap): void {
    const merged = { ...this.list(resourceArn), ...tags };
    if (Object.keys(merged).length > TAGS.count) {
      throw new AwsError("ServiceQuotaExceededException", `A resource can have at most ${TAGS.count} tags.`);
    }
    this.byArn.set(resourceArn, merged);
  }

  /** @throws AwsError ResourceNotFoundException */
  remove(resourceArn: string, keys: readonly string[]): void {
    const kept = Object.entries(this.list(resourceArn)).filter(([key]) => !keys.includes(key));
    this.byArn.set(resourceArn, Object.fromEntries(kept));
  }
}
