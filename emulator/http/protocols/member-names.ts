type Capitalized<T> = { [Name in keyof T as Capitalize<Name & string>]: T[Name] };
type Uncapitalized<T> = { [Name in keyof T as Uncapitalize<Name & string>]: T[Name] };

/** The members of a thing as the API names them: `groupName` is `GroupName` there. */
export function shapeOf<T extends object>(thing: T): Capitalized<T> {
  return renamed(thing, (first) => first.toUpperCase()) as Capitalized<T>;
}

/** The reverse of `shapeOf`. */
export function readShape<T extends object>(shape: T): Uncapitalized<T> {
  return renamed(shape, (first) => first.toLowerCase()) as Uncapitalized<T>;
}

function renamed(members: object, change: (first: string) => string): object {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name.replace(/^./, change), value]));
}
