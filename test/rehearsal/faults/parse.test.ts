import {writeFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {catalogue, type FaultKind, faultKinds} from '../../../src/rehearsal/faults/catalogue.js'
import {FaultError} from '../../../src/rehearsal/faults/fault-error.js'
import {faultLines, readFaultsFile} from '../../../src/rehearsal/faults/file.js'
import {lineOf} from '../../../src/rehearsal/faults/line.js'
import {faultOf, parseFault} from '../../../src/rehearsal/faults/parse.js'
import {freshStateFile} from '../process/files.js'

describe('a fault as a line', () => {
  test.each(faultKinds)('%s: its example means what it says', kind => {
    expect(parseFault(catalogue[kind].example)).toMatchObject({kind})
  })

  test('has a place, options, and a time', () => {
    expect(
      parseFault(
        `fail-create  demo/Vpc message="No room." code=LimitExceeded at=1h30m for=90s rate=2.5% times=3`,
      ),
    ).toEqual({
      kind: 'fail-create',
      where: 'demo/Vpc',
      options: {message: 'No room.', code: 'LimitExceeded'},
      timing: {at: 5_400_000, for: 90_000, rate: 0.025, times: 3},
    })
  })

  test('is everywhere where that makes sense, and is triggered always or once', () => {
    expect(parseFault('throttle once')).toMatchObject({where: '*', timing: {times: 1}})
    expect(parseFault('throttle ecs always').timing).toEqual({})
  })

  test.each([
    ['', 'a fault begins with its kind.', 'The kinds are throttle,'],
    ['trottle ecs', 'trottle is no kind of fault. Did you mean throttle?', 'The kinds are throttle,'],
    [
      'throttle ecz',
      /^ecz is not an operation such as .*, of cloudformation, s3, ecs,/,
      'throttle cloudformation:',
    ],
    ['throttle ecs rate=0%', 'rate is a share such as 30%, above 0% and at most 100%, not 0%.', 'throttle '],
    ['throttle ecs rate=101%', /^rate is a share/, 'throttle '],
    ['throttle ecs rate=30', /^rate is a share/, 'throttle '],
    ['throttle ecs times=0', 'times is a whole number from 1 on, not 0.', 'throttle '],
    ['throttle ecs at=soon', /^at is a duration such as .*, not soon\.$/, 'throttle '],
    [
      'throttle ecs tims=3',
      'throttle does not know tims. Did you mean times?',
      'It knows at, for, times, rate, region.',
    ],
    ['throttle ecs s3', 's3 is no word of a fault.', 'Write name=value'],
    ['throttle ecs at=1m at=2m', 'at is given twice.', 'Give it once'],
    ['throttle ecs once times=3', 'times is given twice.', 'Give it once'],
    ['fail-create', /^fail-create needs a resource: a logical id/, 'for example: fail-create '],
    [
      'fail-create Vpc message="a b',
      /^the fault cannot be read from "message="a b" on\.$/,
      'Put a value with spaces',
    ],
    ['latency ecs', 'latency needs by=….', 'latency * by='],
    ['latency ecs by=2s..1s', /^by is a duration/, 'latency '],
    ['slow Vpc factor=0', /^factor is a number above 0/, 'slow '],
    ['slow Vpc factor=2 once', /^slow does not know times/, 'It knows factor, operation, at, for, region.'],
    ['end-build status=BROKEN', /^status is one of SUCCEEDED, FAILED, /, 'end-build '],
    ['unhealthy x reason=Target.Tired', /^reason is one of Target\.ResponseCodeMismatch, /, 'unhealthy '],
    ['flap x every=0s', /^every is a duration/, 'flap '],
    ['flap x every=999ms', /^every is a duration of one second or longer/, 'flap '],
    ['remove-listener alb:http', /^alb:http is not a load balancer and a port/, 'remove-listener '],
    ['quota L-0263D0A3 value=-1', /^value is a whole number from 0 on/, 'quota '],
    ['quota L-NONE', /^L-NONE is not the code of a quota that the account enforces: L-0263D0A3, /, 'quota '],
    ['quota L-0263D0A3 region=us-east-1', /^quota does not know region/, 'It knows value, at, for.'],
    ['throttle ecs region=us-*', /^region is one of ap-northeast-1, .*, not us-\*\.$/, 'throttle '],
  ])('%s: is refused, with what to do', (line, message, hint) => {
    const error = thrownBy(() => parseFault(line))
    if (typeof message === 'string') expect(error.message).toBe(message)
    else expect(error.message).toMatch(message)
    expect(error.hint).toContain(hint)
  })

  test('is read back from its words, whatever they are', () => {
    const text = fc.string({minLength: 1}).filter(value => value.trim() !== '' && value === value.trim())
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('Vpc', 'a/B*', 'AWS::EC2::*'),
        fc.nat(600),
        (message, where, minutes) => {
          const entries = [
            ['where', where],
            ['message', message],
            ['at', `${minutes}m`],
          ] as const
          expect(parseFault(lineOf('fail-delete', entries))).toEqual(faultOf('fail-delete', entries))
        },
      ),
    )
  })

  test('takes a message with quotes of both kinds, as those of AWS have them', () => {
    const message = `The vpc 'vpc-1' "has" dependencies \\ and stays.`
    const line = `fail-delete Vpc message="The vpc 'vpc-1' \\"has\\" dependencies \\\\ and stays."`
    expect(parseFault(line).options).toEqual({message})
    const [fromMap] = faultLines(JSON.stringify([{kind: 'fail-delete', where: 'Vpc', message}]))
    expect(parseFault(fromMap?.line ?? '').options).toEqual({message})
    expect(parseFault(`fail-delete Vpc message="C:\\new"`).options).toEqual({message: 'C:\\new'})
  })

  test('never breaks the reader, whatever it is', () => {
    const words = fc.constantFrom(
      ...faultKinds,
      'once',
      '*',
      'at=1m',
      'message="x',
      "'",
      '=',
      'rate=',
      '"a b"',
      '\t',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), {maxLength: 5}), parts => {
        try {
          expect(faultKinds).toContain(parseFault(parts.join(' ')).kind)
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError)
        }
      }),
    )
  })
})

describe('faults in a file', () => {
  const yaml = [
    '# A bad day',
    '- throttle ecs rate=30%',
    '- kind: fail-create',
    '  message: "No room: none at all"',
    '  where: Vpc',
    '  once: true',
    '- {kind: unhealthy, where: "*-tg", status: 502, reason: Target.ResponseCodeMismatch, once: false}',
  ].join('\n')
  const lines = [
    'throttle ecs rate=30%',
    'fail-create Vpc message="No room: none at all" times=1',
    'unhealthy *-tg status=502 reason=Target.ResponseCodeMismatch',
  ]

  test('are one a line, with comments', () => {
    expect(faultLines(`# A bad day\n\n${lines.join('\r\n')}\n`).map(({line}) => line)).toEqual(lines)
  })

  test.each([
    ['YAML', yaml],
    ['YAML under a name', `faults:\n${yaml}`],
    [
      'JSON',
      JSON.stringify([
        lines[0],
        {kind: 'fail-create', where: 'Vpc', message: 'No room: none at all', once: true},
        lines[2],
      ]),
    ],
  ])('or as a list of %s', (_, text) => {
    expect(faultLines(text).map(({line}) => line)).toEqual(lines)
    for (const {line} of faultLines(text)) parseFault(line)
  })

  test.each([
    ['YAML', '- kind: fail-create\n  where: Vpc\n  message: 1.10\n'],
    ['JSON', '[{"kind": "fail-create", "where": "Vpc", "message": 1.10}]'],
  ])('keep their text, as %s', (_, text) => {
    expect(faultLines(text).map(({line}) => line)).toEqual(['fail-create Vpc message=1.10'])
  })

  test.each(['012', '1e3', '0x1F', 'yes', '+5', '2026-11-30'])('keep %s as it is written', word => {
    expect(faultLines(`- {kind: fail-create, where: Vpc, message: ${word}}`).map(({line}) => line)).toEqual([
      `fail-create Vpc message=${word}`,
    ])
  })

  const fileOf = (text: string) => {
    const file = freshStateFile()
    writeFileSync(file, text)
    return file
  }

  test.each([
    ['throttle ecs\n\ntrottle ecs\n', 3, 'trottle is no kind of fault.'],
    ['- throttle ecs\n- {kind: throttle, where: ecs, rate: 30}\n', 2, 'rate is a share'],
    ['- throttle ecs\n- {where: ecs}\n', 2, 'a fault needs its kind.'],
    ['- throttle ecs\n- 7\n', 2, '7 is no kind of fault.'],
    ['- throttle ecs\n- [7]\n', 2, 'a fault is a line of text, or a map'],
    ['[{"kind": "throttle",\n "where": ["ecs"]}]', 1, 'the value of where is no text or number.'],
    ['- throttle: [\n', 2, 'this is not well-formed YAML.'],
  ])('are refused with the line that is wrong: %j', async (text, line, message) => {
    const file = fileOf(text)
    await expect(readFaultsFile(file)).rejects.toThrow(
      expect.objectContaining({
        code: 'INVALID_FAULT',
        exitCode: 2,
        message: expect.stringContaining(`${file}:${line}: ${message}`),
      }),
    )
  })

  test('that is not there is said', async () => {
    await expect(readFaultsFile('/nowhere/faults.yaml')).rejects.toThrow(
      expect.objectContaining({code: 'FAULTS_FILE_UNREADABLE', exitCode: 2}),
    )
  })
})

function thrownBy(work: () => unknown): FaultError {
  try {
    work()
  } catch (error) {
    if (error instanceof FaultError) return error
    throw error
  }
  throw new Error('Nothing was thrown')
}

// Every kind has an example that some test of this folder runs; a new one must get its own.
test('every kind of fault has its place in a test', async () => {
  const {readdirSync, readFileSync} = await import('node:fs')
  const here = new URL('.', import.meta.url)
  const tests = readdirSync(here)
    .map(name => readFileSync(new URL(name, here), 'utf8'))
    .join('\n')
  const isRun = (kind: FaultKind) =>
    tests.includes(`catalogue.${kind}.example`) || tests.includes(`catalogue['${kind}'].example`)
  const unproved = faultKinds.filter(kind => !isRun(kind))
  expect(unproved, 'faults whose example no test of test/rehearsal/faults/ runs').toEqual([])
})
