/**
 * Keeps this process, which serves an account, alive whatever goes wrong beside a request: who waits for an operation
 * must not lose it to an exception that nobody caught. Continuing is safe, because the account is plain data that changes
 * only inside the handlers of events and requests, and what goes wrong there is caught there.
 */
export function surviveLateExceptions(report: (error: unknown) => void): void {
  const survive = (error: unknown) => {
    // Nobody reads what we print any more; printing that would only throw again.
    if (error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EIO')) return
    report(error)
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
}
