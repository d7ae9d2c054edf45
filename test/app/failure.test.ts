import {describe, expect, it} from 'vitest'
import {asFailure} from '../../src/app/as-failure.js'
import {failureDocument} from '../../src/app/failure-document.js'
import {failureText} from '../../src/app/failure-text.js'
import {Redactor} from '../../src/app/redactor.js'
import {failed, invalidInput, McpgwError, refused} from '../../src/errors.js'
import type {ProgressEvent} from '../../src/progress.js'

const plain = {verbose: false, red: (text: string) => text}

describe('a failure', () => {
  it.each([
    ['that ran and failed', failed('X', 'It failed.'), 1],
    ['of input', invalidInput('X', 'It is wrong.', 'Do that.'), 2],
    ['that was refused', refused('X', 'No.', 'Do that.'), 3],
    ['of patience', new McpgwError('Gave up.', {code: 'TIMED_OUT', exitCode: 4}), 4],
    ['of nobody', new TypeError('x is not a function'), 1],
  ])('%s keeps its exit code', (_, error, exitCode) => {
    expect(asFailure(error).exitCode).toBe(exitCode)
  })

  it('that nobody foresaw is called a defect', () => {
    expect(failureDocument(asFailure(new TypeError('x is not a function'))).error).toEqual({
      code: 'INTERNAL',
      message: 'Something went wrong inside mcpgw: x is not a function',
      cause: 'x is not a function',
      hint: 'This is a defect: run again with --verbose and report what it prints.',
      resource: null,
      logs: null,
      diagnosis: null,
      foreseen: null,
      remaining: [],
      run: null,
      evidence: [],
    })
  })

  it('tells what still costs money, and how rough that is', () => {
    const left = {kind: 'AWS::EC2::NatGateway', name: 'nat-1', reason: 'r', kept: false, command: null}
    const cost = {usd: 32.85, per: 'month', asOf: 2025}
    const remaining = [{...left, cost}, ...Array(11).fill({...left, name: 'other', cost: null})]
    const error = failed('STACK_FAILED', 'It failed.', {remaining})
    const lines = failureText(error, plain).split('\n')
    expect(lines.slice(1, 3)).toEqual([
      'Costs: AWS::EC2::NatGateway nat-1 is still there: about 32.85 USD a month',
      'Costs: AWS::EC2::NatGateway other is still there: its price is not known here',
    ])
    expect(lines.slice(-2)).toEqual([
      'Costs: and 2 more, which --json names.',
      '       Prices are rough: those of us-west-2, as they were in 2025.',
    ])
    expect(failureDocument(error).error.remaining).toEqual(remaining)
  })

  it.each(['ENOSPC', 'EMFILE', 'EACCES', 'ENOTDIR', 'ENOENT'])(
    'that the system is the reason of is no defect: %s',
    code => {
      const error = Object.assign(new Error(`${code}: told, open`), {code, syscall: 'open'})
      expect(asFailure(error)).toMatchObject({
        code: 'SYSTEM_ERROR',
        exitCode: 1,
        message: `The system does not let mcpgw continue: ${code}: told, open.`,
        hint: expect.stringMatching(/\.$/),
      })
    },
  )

  it('of several things has a line for each, and no more for what AWS breaks', () => {
    const points = ['Zones: too\nfew.', 'Names: taken.']
    const error = refused('X', 'It would fail:', 'Do that.', undefined, points)
    expect(failureText(error, plain).split('\n')).toEqual([
      'Error: It would fail:',
      '  ✖    Zones: too\\nfew.',
      '  ✖    Names: taken.',
      'Try:   Do that.',
    ])
    expect(failureDocument(error).error.message).toBe(
      'It would fail:\n  ✖ Zones: too\\nfew.\n  ✖ Names: taken.',
    )
  })

  it.each(['message', 'hint', 'logs', 'cause', 'stack'])(
    'cannot be given lines or colours by its %s',
    member => {
      const forged = 'x\n✔ Healthy: 8 of 8 services.\u001b[2J\u202e\u009b1m'
      const members = {hint: 'Try this.', logs: 'group g', [member]: forged}
      const cause = new Error(member === 'cause' ? forged : 'because')
      if (member === 'stack') cause.stack = `Error: ${forged}\n    at ours (file.js:1)`
      const error = failed('X', member === 'message' ? forged : 'It failed.', {...members, cause})
      const text = failureText(error, {...plain, verbose: true})
      const starts = text.split('\n').map(line => line.slice(0, 7))
      expect(starts.filter(start => !start.startsWith('    at'))).toEqual([
        'Error: ',
        'Cause: ',
        'Logs:  ',
        'Try:   ',
        'Error: ',
      ])
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    },
  )

  it("of oclif's parser is wrong usage", () => {
    const error = Object.assign(new Error('Nonexistent flag: --bogus\nSee more help with --help'), {
      parse: {},
    })
    expect(asFailure(error)).toMatchObject({code: 'USAGE', exitCode: 2, message: 'Nonexistent flag: --bogus'})
  })

  it('tells a person what happened, why, where to read more and what to do', () => {
    const error = failed('X', 'It failed.', {hint: 'Try this.', logs: 'group g', cause: new Error('because')})
    expect(failureText(error, plain)).toBe(
      'Error: It failed.\nCause: because\nLogs:  group g\nTry:   Try this.',
    )
  })
})

describe('a failure of a stack', () => {
  const other = (logicalId: string) => ({
    stack: 'demo / DataStack',
    logicalId,
    type: 'AWS::EFS::FileSystem',
    status: 'CREATE_FAILED',
    reason: 'Rate exceeded',
  })
  const diagnosis = {
    stack: 'demo / NetworkStack',
    logicalId: 'NatGateway1',
    type: 'AWS::EC2::NatGateway',
    status: 'CREATE_FAILED',
    reason: 'No address is left.',
    template: 'cloudformation/network-stack.yaml:237',
    meaning: 'The quota is used up.',
    advice: 'Ask for more: `aws service-quotas request`.',
    others: [other('A')],
    cancelled: 2,
  }
  const message =
    'Could not create (demo ended in ROLLBACK_COMPLETE): in network, NatGateway1 failed: No address is left.'
  const failure = (more: Partial<typeof diagnosis> = {}) => {
    const whole = {...diagnosis, ...more}
    return failed('STACK_FAILED', `${message} The build ended too.`, {
      hint: `${whole.advice} Deploy again.`,
      diagnosis: whole,
    })
  }

  it("tells AWS's words once, what they mean, where, what else failed, what to do and what to run then", () => {
    expect(failureText(failure(), plain)).toBe(
      [
        'Error: Could not create (demo ended in ROLLBACK_COMPLETE): in network, NatGateway1 failed. The build ended too.',
        'Why:   No address is left.',
        'Means: The quota is used up.',
        'Where: cloudformation/network-stack.yaml:237',
        'Also:  demo / DataStack / A (AWS::EFS::FileSystem) CREATE_FAILED: Rate exceeded',
        'Also:  2 resources were cancelled because of it.',
        'Try:   Ask for more: `aws service-quotas request`.',
        'Then:  Deploy again.',
      ].join('\n'),
    )
  })

  it('tells of five other failures at most', () => {
    const others = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map(other)
    const lines = failureText(failure({others, cancelled: 0}), plain).split('\n')
    expect(lines.filter(line => line.startsWith('Also:'))).toHaveLength(6)
    expect(lines).toContain('Also:  and 2 more.')
  })

  it('continues under its words in a terminal, with commands whole', () => {
    const lines = failureText(failure(), {...plain, columns: 60}).split('\n')
    expect(lines.slice(0, 3)).toEqual([
      'Error: Could not create (demo ended in ROLLBACK_COMPLETE):',
      '       in network, NatGateway1 failed. The build ended too.',
      'Why:   No address is left.',
    ])
    expect(lines.join('\n')).toContain('`aws service-quotas request`')
    expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(60)
  })

  it('has all of it in its document', () => {
    expect(failureDocument(failure()).error.diagnosis).toEqual(diagnosis)
  })
})

describe('secrets', () => {
  const redactor = new Redactor(['abc', 'abcdef'])

  it('are masked in text, the longest first', () => {
    expect(redactor.text('value abcdef and abc')).toBe('value **** and ****')
  })

  it('are masked as they are in JSON, URLs, forms and Base64', () => {
    const secret = 'Can "ary" & 100%'
    const hidden = new Redactor([secret])
    const forms = [
      JSON.stringify({value: secret}),
      `https://x/?p=${encodeURIComponent(secret)}`,
      new URLSearchParams({p: 'x'}).toString() + encodeURIComponent(secret).replaceAll('%20', '+'),
      `Basic ${Buffer.from(secret).toString('base64')}`,
    ]
    expect(forms.map(form => hidden.text(form))).toEqual([
      '{"value":"****"}',
      'https://x/?p=****',
      'p=x****',
      expect.stringMatching(/^Basic \*{4}=*$/),
    ])
  })

  it('that are short hide nothing but themselves', () => {
    expect(new Redactor(['a"']).text(`a" ${Buffer.from('a"').toString('base64')}`)).toBe('**** YSI=')
  })

  it('are masked in every cause, which keeps its words', () => {
    const root = new Error('socket said abcdef')
    const cause = new TypeError('all is well', {cause: root})
    const error = redactor.error(failed('X', 'It failed.', {cause})) as Error
    expect(error.message).toBe('It failed.')
    expect(error.cause).toMatchObject({name: 'TypeError', message: 'all is well'})
    expect((error.cause as Error).cause).toMatchObject({message: 'socket said ****'})
    const clean = failed('X', 'It failed.', {cause: new Error('nothing')})
    expect(redactor.error(clean)).toBe(clean)
  })

  it('are masked in what is told', () => {
    const events: ProgressEvent[] = []
    redactor.sink(event => events.push(event))({kind: 'note', text: 'got abcdef'})
    expect(events).toEqual([{kind: 'note', text: 'got ****'}])
  })

  it('are masked in what is known of a failure, even when its message is clean', () => {
    const diagnosis = {
      ...{stack: 'demo', logicalId: 'A', type: 'AWS::SNS::Topic', status: 'CREATE_FAILED'},
      ...{reason: 'bad abcdef', template: null, meaning: null, advice: null, cancelled: 0},
      others: [
        {stack: 'demo', logicalId: 'B', type: 'AWS::SNS::Topic', status: 'CREATE_FAILED', reason: 'abc'},
      ],
    }
    const error = redactor.error(failed('STACK_FAILED', 'It failed.', {hint: 'Not abc.', diagnosis}))
    expect(error).toMatchObject({
      message: 'It failed.',
      hint: 'Not ****.',
      diagnosis: {reason: 'bad ****', others: [{reason: '****'}]},
    })
    const events: ProgressEvent[] = []
    redactor.sink(event => events.push(event))({kind: 'failure-cause', diagnosis})
    expect(JSON.stringify(events)).not.toContain('abc')
  })

  it('are masked in what an update would have done, and the rest of it stays', () => {
    const named = {name: 'demo-VpcId', stack: 'abcdef', usedBy: ['demo-data']}
    const nothing = {replaced: [], data: [], interrupted: []}
    const foreseen = {added: 0, modified: 1, removed: 0, ...nothing, exports: [named]}
    const error = redactor.error(failed('EXPORTS_IN_USE', 'It would.', {foreseen}))
    expect(error.foreseen).toEqual({...foreseen, exports: [{...named, stack: '****'}]})
  })

  it('leave a failure without them as it is', () => {
    const error = failed('STACK_FAILED', 'It failed.', {hint: 'h', cause: new Error('x')})
    expect(redactor.error(error)).toBe(error)
  })

  it('are masked in failures, which keep their code', () => {
    const error = redactor.error(
      failed('STACK_FAILED', 'Bad value abcdef', {hint: 'h', cause: new Error('abcdef')}),
    )
    expect(error).toMatchObject({
      code: 'STACK_FAILED',
      message: 'Bad value ****',
      hint: 'h',
      cause: {message: '****'},
    })
  })
})

it.each([
  [
    'http://127.0.0.1:4566',
    /^Note: {2}Commands with http:\/\/127\.0\.0\.1:4566 work while `mcpgw rehearse --port 4566` serves/m,
  ],
  ['https://localstack.example', /Try: .*example`\.$/],
])(
  'a failure whose command goes to %s says when that works, if it is the embedded account',
  (endpoint, told) => {
    const hint = `Create it: \`aws s3 mb s3://b --region us-west-2 --endpoint-url ${endpoint}\`.`
    expect(failureText(failed('X', 'There is no bucket b.', {hint}), plain)).toMatch(told)
  },
)

describe('a failure of a run that was recorded', () => {
  const lines = Array.from({length: 30}, (_, index) => `line ${index + 1}`)
  const kept = {
    run: {id: 'r-1', folder: '/runs/r-1'},
    evidence: [
      {kind: 'log', title: 'Container app', lines} as const,
      {kind: 'task', title: 'Task 1', lines: ['STOPPED']} as const,
    ],
  }
  const error = failed('X', 'It failed.', {hint: 'Try this.'})

  it('shows what says most behind it, and ends with where all of it is kept', () => {
    expect(failureText(error, {...plain, kept}).split('\n')).toEqual([
      'Error: It failed.',
      'Evidence:',
      '  Task 1:',
      '    STOPPED',
      '  Container app:',
      '    line 27',
      '    line 28',
      '    line 29',
      '    line 30',
      'Try:   Try this.',
      'Recording: /runs/r-1',
    ])
  })

  it('is a document with the id of the run and the last twenty lines of each log', () => {
    const {run, evidence} = failureDocument(error, kept).error
    expect(run).toBe('r-1')
    expect(evidence).toEqual([
      {kind: 'log', title: 'Container app', lines: lines.slice(10)},
      {kind: 'task', title: 'Task 1', lines: ['STOPPED']},
    ])
  })

  it('says nothing of a folder that could not be written', () => {
    const unkept = {run: undefined, evidence: []}
    expect(failureText(error, {...plain, kept: unkept})).toBe('Error: It failed.\nTry:   Try this.')
    expect(failureDocument(error, unkept).error.run).toBeNull()
  })
})
