import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {DrillAccount} from '../drills/harness/account.js'
import {everyReason, HostileAccount} from './hostile-account.js'
import {forged, hostile, wrongsOf} from './hostile-text.js'
import {inTerminal} from './in-terminal.js'
import {recordedWell, shownWell} from './shown.js'

const runs = mkdtempSync(join(tmpdir(), 'mcpgw-hostile-runs-'))
let account: DrillAccount
let between: HostileAccount

beforeAll(async () => {
  account = await DrillAccount.serve()
  between = await HostileAccount.before(account.stateFile, everyReason)
})
afterAll(async () => {
  await between.stop()
  await account.stop()
  rmSync(runs, {recursive: true, force: true})
})

describe('the look at what is shown', () => {
  test.each(['pipe', 'terminal'] as const)('finds hostile text in a %s', where => {
    expect(wrongsOf(hostile, where).length).toBeGreaterThan(12)
  })

  test('finds nothing in what we show ourselves', () => {
    expect(wrongsOf('✔ Healthy: 8 of 8.\n✖ x: \\x1b[2J\n', 'pipe')).toEqual([])
    expect(wrongsOf('\u001b[?25l\u001b[2K\u001b[1A\u001b[31m✖\u001b[39m\r\n', 'terminal')).toEqual([])
  })
})

describe('hostile text in every reason, message and description that AWS gives', () => {
  test('reaches no terminal, document or file raw, and forges no line', async () => {
    vi.stubEnv('MCPGW_RUNS_DIR', runs)
    await account.setFaults(['fail-create Vpc once message="It failed."'])
    const failed = await shownWell(between, 'mcpgw deploy --text')
    // It has come through, and is shown.
    expect(failed.stderr).toContain(`It failed.\\n✔ ${forged}\\r✖ ${forged}`)
    expect(failed.exitCode).toBe(1)
    expect(recordedWell(runs)).toBeGreaterThan(3)
    for (const line of [
      'mcpgw diagnose',
      'mcpgw diagnose --text',
      'mcpgw verify --text',
      'mcpgw credentials --text',
    ])
      await shownWell(between, line)
    const {document} = await shownWell(between, 'mcpgw diagnose')
    // A document tells the truth.
    expect(document.diagnosis.reason).toContain(`\n✔ ${forged}`)
    expect(between.count).toBeGreaterThan(50)
  })
})

describe('on a terminal', () => {
  test('hostile text is shown too, and the cursor moves only where we draw', async () => {
    const shown = await inTerminal(['verify', '--rehearse', '--shallow'], {
      MCPGW_REHEARSAL_STATE: between.stateFile,
      MCPGW_RUNS_DIR: runs,
      MCPGW_REHEARSE_SPEED: 'max',
    })
    expect(shown).toContain('\u001b[?25l')
    expect(wrongsOf(shown, 'terminal')).toEqual([])
  })
})
