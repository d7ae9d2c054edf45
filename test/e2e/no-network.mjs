// Loaded into a command before everything else: whoever wants to reach another machine, or another process of this
// one, ends with an exit code that no command has.
import dns from 'node:dns'
import net from 'node:net'

net.Socket.prototype.connect = () => process.exit(99)
dns.lookup = () => process.exit(99)
