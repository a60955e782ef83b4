import type { Clock } from "../../../clock";
import { defined } from "../../defined";
import { Registry } from "../../registry";
import { timesNow, type Times } from "../../times";
import { groupTaken, groupUnknown } from "../errors";
import type { User } from "./users";

export interface GroupSettings {
  readonly groupName: string;
  readonly description?: string;
  readonly roleArn?: string;
  /** The lowest wins. */
  readonly precedence?: number;
}

export interface Group extends GroupSettings, Times {
  /** The `sub` of every member. */
  readonly members: Set<string>;
}

/** The groups of a user pool; their names go into its users' tokens. */
export class Groups extends Registry<Group> {
  /** @param onMembersChanged is not called for a deleted user */
  constructor(
    private readonly clock: Clock,
    private readonly onMembersChanged: () => void = () => undefined,
  ) {
    super(groupUnknown);
  }

  /** @throws AwsError `GroupExistsException` */
  create(settings: GroupSettings): Group {
    if (this.items.has(settings.groupName)) throw groupTaken();
    const group: Group = { ...settings, ...timesNow(this.clock), members: new Set() };
    this.items.set(group.groupName, group);
    return group;
  }

  /** Changes what is given. @throws AwsError `ResourceNotFoundException` */
  update(settings: GroupSettings): Group {
    const group = { ...this.get(settings.groupName), ...defined(settings), updatedAt: this.clock.now() };
    this.items.set(group.groupName, group);
    return group;
  }

  /** @throws AwsError `ResourceNotFoundException` */
  override delete(groupName: string): void {
    super.delete(groupName);
    this.onMembersChanged();
  }

  /** @throws AwsError `ResourceNotFoundException` */
  add(groupName: string, { sub }: User): void {
    this.get(groupName).members.add(sub);
    this.onMembersChanged();
  }

  /** @throws AwsError `ResourceNotFoundException` */
  remove(groupName: string, { sub }: User): void {
    this.get(groupName).members.delete(sub);
    this.onMembersChanged();
  }

  /** A deleted user is in no group. */
  forget({ sub }: User): void {
    this.all().forEach(({ members }) => members.delete(sub));
  }

  /** In order of precedence. */
  of({ sub }: User): readonly Group[] {
    return this.all()
      .filter(({ members }) => members.has(sub))
      .sort((one, other) => (one.precedence ?? Infinity) - (other.precedence ?? Infinity) || 0);
  }
}
