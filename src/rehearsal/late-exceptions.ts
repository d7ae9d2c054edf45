/**
 * Keeps this process, which serves an account, alive when template code throws after its run has ended: Lambda
 * code runs in this very process, and in AWS such an exception ends no more than the function's own sandbox.
 * Going on is safe, because the account is plain data that changes only inside the agenda's handlers and requests,
 * and what goes wrong there is caught there.
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
