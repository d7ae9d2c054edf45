import type {Reporter, TestCase, TestModule} from 'vitest/node'

/** What the drills came to, at the end of their run: one line a drill, then how many there were. */
export default class DrillReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = modules.flatMap(({children}) => [...children.allTests()])
    const run = cases.filter(one => one.result().state !== 'skipped')
    const good = run.filter(one => one.ok()).length
    process.stdout.write(
      `\n${run.map(line).join('\n')}\n\n${good} of ${run.length} drills went as expected.\n`,
    )
  }
}

function line(one: TestCase): string {
  const seconds = ((one.diagnostic()?.duration ?? 0) / 1000).toFixed(1)
  const {outcome = '', followed = []} = one.meta().drill ?? {}
  const then = followed.map(command => ` → ${shortened(command)}`).join('')
  return `${one.ok() ? '✔' : '✖'} ${seconds.padStart(5)} s  ${one.name}  [${outcome}${then}]`
}

/** Where an AWS command reaches the account is of no interest here. */
function shortened(command: string): string {
  return command.replace(/ --(rehearse\b|region \S+|endpoint-url \S+)/g, '')
}
