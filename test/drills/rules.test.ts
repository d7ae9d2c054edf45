import {describe, test} from 'vitest'
import {runSituation} from './harness/rule-drill.js'
import {builds} from './situations/builds.js'
import {deletion} from './situations/deletion.js'
import {names} from './situations/names.js'
import {passingFailures} from './situations/passing.js'
import {quotas} from './situations/quotas.js'
import {stacks} from './situations/stacks.js'

describe.each([
  {area: 'what keeps from deleting', situations: deletion},
  {area: 'names that are taken', situations: names},
  {area: 'image builds', situations: builds},
  {area: 'stacks, keys and secrets', situations: stacks},
  {area: 'quotas', situations: quotas},
  {area: 'what passes by itself', situations: passingFailures},
])('the advice leads to a good end: $area', ({situations}) => {
  for (const situation of situations) {
    test(situation.rule, async ({task}) => {
      task.meta.drill = await runSituation(situation)
    })
  }
})
