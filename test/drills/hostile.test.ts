import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test, vi} from 'vitest'
import {type Choice, everyReason, HostileAccount} from '../hostile/hostile-account.js'
import {forged, wrongsOf} from '../hostile/hostile-text.js'
import {inTerminal} from '../hostile/in-terminal.js'
import {recordedWell, shownWell} from '../hostile/shown.js'
import {DrillAccount} from './harness/account.js'

const runs = mkdtempSync(join(tmpdir(), 'mcpgw-hostile-runs-'))
afterAll(() => rmSync(runs, {recursive: true, force: true}))

/** How many random choices of members are made hostile. */
const rounds = Number(process.env.DRILL_RUNS ?? 6)
const firstSeed = Number(process.env.DRILL_SEED ?? 1)

/** Real milliseconds for all commands one after the other: half a minute, and a multiple of that on a busy machine. */
const patience = 400_000

const commands = [
  'mcpgw preflight --text',
  'mcpgw deploy --text --timeout 3h',
  'mcpgw verify --text',
  'mcpgw verify',
  'mcpgw credentials --text',
  'mcpgw credentials --reveal --text',
  'mcpgw realm --students 2 --text',
  'mcpgw watch --text',
  'mcpgw diagnose --text',
  'mcpgw diagnose',
  'mcpgw cancel --text',
  'mcpgw teardown --text',
]

async function withHostile(
  choose: Choice,
  work: (between: HostileAccount, account: DrillAccount) => Promise<void>,
): Promise<void> {
  vi.stubEnv('MCPGW_RUNS_DIR', runs)
  const account = await DrillAccount.serve()
  const between = await HostileAccount.before(account.stateFile, choose)
  try {
    await work(between, account)
  } finally {
    await between.stop()
    await account.stop()
  }
}

describe('an account that says something hostile in every reason', () => {
  test(
    'is deployed to, looked at and left as any other',
    async () => {
      await withHostile(everyReason, async between => {
        for (const line of commands) {
          const {exitCode, error, stdout} = await shownWell(between, line)
          expect(exitCode, `${line}: ${error?.message ?? stdout}`).toBe(line.includes('cancel') ? 3 : 0)
        }
        recordedWell(runs)
      })
    },
    patience,
  )

  test('cannot draw on the live screen of a deployment that fails', async () => {
    await withHostile(everyReason, async (between, account) => {
      await account.setFaults(['fail-create Vpc once message="It failed."'])
      const shown = await inTerminal(['deploy', '--rehearse', '--yes'], {
        MCPGW_REHEARSAL_STATE: between.stateFile,
        MCPGW_RUNS_DIR: runs,
        MCPGW_REHEARSE_SPEED: 'max',
      })
      expect(shown).toContain(forged)
      expect(wrongsOf(shown, 'terminal')).toEqual([])
    })
  })
})

describe('an account that says something hostile in members chosen at random, names and ids among them', () => {
  test.each(Array.from({length: rounds}, (_, index) => firstSeed + index))(
    'cannot forge a line, whatever becomes of the commands (seed %i)',
    async seed => {
      await withHostile(
        () => false,
        async between => {
          for (const [index, line] of commands.entries()) {
            const share = [0.01, 0.03, 0.1, 0.3][(seed + index) % 4] ?? 0.1
            // The same members all along a command: one name has one form.
            const chosen = new Map<string, boolean>()
            between.choose(member => {
              const known = chosen.get(member) ?? fraction(`${seed} ${index} ${member}`) < share
              chosen.set(member, known)
              return known
            })
            const {error} = await shownWell(between, line)
            expect(error?.code ?? '', `${line}: ${error?.message}`).not.toBe('INTERNAL')
          }
          recordedWell(runs)
        },
      )
    },
    patience,
  )
})

/** Evenly spread over 0 to 1, by a text. */
function fraction(text: string): number {
  let hash = 2166136261
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
