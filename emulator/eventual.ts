/** What is at hand, or comes in time. */
export type Eventual<T> = T | Promise<T>;

/** Goes on with a value, at once where it is at hand: to wait for it would cost more than most of what a call passes. */
export function goOn<T, R>(value: Eventual<T>, next: (value: T) => Promise<R>): Promise<R>;
export function goOn<T, R>(value: Eventual<T>, next: (value: T) => Eventual<R>): Eventual<R>;
export function goOn<T, R>(value: Eventual<T>, next: (value: T) => Eventual<R>): Eventual<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
