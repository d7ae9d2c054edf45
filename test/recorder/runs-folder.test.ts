import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {removeOldRuns, runIds, runsFolder} from '../../src/recorder/runs-folder.js'
import {freshFolder} from './recorded.js'

describe('the folder of runs', () => {
  it.each([
    [{MCPGW_RUNS_DIR: '/runs', XDG_STATE_HOME: '/state'}, '/runs'],
    [{XDG_STATE_HOME: '/state', LOCALAPPDATA: '/local'}, '/state/mcpgw/runs'],
    [{XDG_STATE_HOME: 'relative'}, join(homedir(), '.local/state/mcpgw/runs')],
    [{LOCALAPPDATA: '/local'}, '/local/mcpgw/runs'],
    [{}, join(homedir(), '.local/state/mcpgw/runs')],
  ])('with %j is %s', (env, expected) => {
    expect(runsFolder(env)).toBe(expected)
  })

  it('lists runs, newest first, and nothing else', () => {
    const folder = freshFolder()
    const ids = ['20261127T181502Z-deploy-demo-0001', '20261127T181503Z-images-export-a-b-0002']
    for (const name of [...ids, 'notes', '20261127T181502Z-rm-demo-0001']) mkdirSync(join(folder, name))
    expect(runIds(folder)).toEqual([ids[1], ids[0]])
  })

  it('that does not exist has no runs', () => {
    expect(runIds(join(freshFolder(), 'none'))).toEqual([])
  })

  it('keeps the newest fifty runs, and all that is no run', async () => {
    const folder = freshFolder()
    const idOf = (minute: number) => `20261127T18${String(minute).padStart(2, '0')}00Z-deploy-demo-0000`
    for (let minute = 0; minute < 53; minute += 1) {
      mkdirSync(join(folder, idOf(minute)))
      writeFileSync(join(folder, idOf(minute), 'run.json'), '{}')
    }
    mkdirSync(join(folder, '0-my-notes'))
    await removeOldRuns(folder)
    const left = readdirSync(folder).sort()
    expect(left).toHaveLength(51)
    expect(left.slice(0, 2)).toEqual(['0-my-notes', idOf(3)])
  })
})
