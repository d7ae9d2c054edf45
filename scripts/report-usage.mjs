// Loaded into every process of a benchmark: writes what it used when it ends.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

const folder = process.env.MCPGW_BENCH_USAGE
if (folder) {
  process.on('exit', () => {
    const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage()
    const what = process.argv[1]?.endsWith('serve-process.js') ? 'embedded account' : 'mcpgw'
    const usage = {what, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, maxRssMb: maxRSS / 1024}
    writeFileSync(join(folder, `usage-${process.pid}.json`), JSON.stringify(usage))
  })
}
