/** Told when somebody is asked at the terminal, and when that is over. */
export interface AskingListener {
  asked(): void
  answered(): void
}

/** A process has one terminal, and whoever sits there is asked one thing at a time. */
const listeners = new Set<AskingListener>()

/** @returns stops telling */
export function onAsking(listener: AskingListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

let depth = 0

/** Does `ask`, in which a person is asked: no time limit runs meanwhile. One in another is part of it. */
export async function whileAsking<T>(ask: () => Promise<T>): Promise<T> {
  depth += 1
  if (depth === 1) for (const listener of listeners) listener.asked()
  try {
    return await ask()
  } finally {
    depth -= 1
    if (depth === 0) for (const listener of listeners) listener.answered()
  }
}
