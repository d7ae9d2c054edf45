import {styleText} from 'node:util'

/** Colours for one stream. Colour never carries meaning alone: every line reads the same without it. */
export interface Paint {
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  dim(text: string): string
  bold(text: string): string
}

/** Colours when the stream is a terminal and neither NO_COLOR nor --no-color asks for none. */
export function paint(options: {stream: NodeJS.WriteStream; noColor: boolean}): Paint {
  const on = !options.noColor && !process.env.NO_COLOR && options.stream.isTTY === true
  const style = (format: 'red' | 'green' | 'yellow' | 'dim' | 'bold') => (text: string) =>
    on ? styleText(format, text, {validateStream: false}) : text
  return {
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
    dim: style('dim'),
    bold: style('bold'),
  }
}
