import {parseImages} from '../../input/images.js'
import {wantedVersion} from '../../input/wanted-version.js'
import {imageSetText} from '../../report/images-text.js'
import {paint} from '../../report/paint.js'
import type {ImageSetContext} from '../../steps/images/context.js'
import {checkImages} from '../../workflows/images.js'
import type {Outcome} from '../base-command.js'
import {commandLineFor, defaultEnvironment} from '../command-line.js'
import type {AwsFlags} from '../flags.js'
import {openSession} from '../session.js'

/** The work of `mcpgw images check`: look once and report. */
export async function runImagesCheck(
  flags: Omit<AwsFlags, 'environment'> & {from: string},
): Promise<Outcome> {
  const place = parseImages(flags.from, '--from')
  const expectedVersion = wantedVersion()
  const anyEnvironment = {...flags, environment: defaultEnvironment}
  const commandLine = commandLineFor(anyEnvironment)
  const session = await openSession(anyEnvironment, {command: 'images check', commandLine})
  try {
    const {aws, clock, signal} = session
    const context: ImageSetContext = {
      aws,
      clock,
      environment: defaultEnvironment,
      commandLine,
      place,
      expectedVersion,
    }
    const set = await session.show(tell => checkImages(context, {tell, signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {document: set, text: imageSetText(set, colours), exitCode: set.ok ? 0 : 1}
  } finally {
    session.close()
  }
}
