/** Tells how the command that runs has ended, unless that was told already. */
type Answer = (error: unknown) => Promise<void>

/** A process runs one command. */
let current: Answer | undefined

/** The command that runs from now on answers so. */
export function answerBy(answer: Answer): void {
  current = answer
}

/** For whoever cannot wait until the command has come to its end. Never throws. */
export async function answerAtOnce(error: unknown): Promise<void> {
  await current?.(error).catch(() => {})
}
