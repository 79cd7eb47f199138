// SPDX-License-Identifier: Apache-2.0
import Logging

/// The device itself, without the wire: takes calls and answers them.
struct Appliance: Sendable {
    /// What becomes of a call.
    struct Answer: Sendable {
        var reply: Reply
        /// Whether the connection is cut instead of a reply (`timeout_after_commit`).
        var isLost = false
    }

    let quirks: Quirks
    let store: DeviceStore
    let sessions: Sessions
    let judge: ImageJudge
    let clock: DeviceClock
    let counters: Counters
    let batches = BatchRegister()
    let archives: ArchiveShelf
    let usesTLS: Bool
    let logger: Logger

    /// Answers a call.
    ///
    /// Faults of the simulator's own become -3524 and are logged.
    func answer(_ call: Call) async -> Answer {
        guard let id = call.message, let message = Message.table[id], message.endpoint == call.endpoint,
            !(id == 1067 && quirks[.prePrivacy])
        else { return Answer(reply: .failure(DeviceFault(.message))) }
        counters.countCall(id)
        do {
            try await store.expirePortraits()
            if message.needsSession { try sessions.use(call.sessionID) }
            let reply = try await message.handle(self, call)
            guard message.effect != .reads else { return Answer(reply: reply) }
            if counters.countWrite(isLastAt: quirks.number(.dieAfter)) { PowerCut.strike() }
            guard message.effect == .stores, counters.countStore(isLostEvery: quirks.number(.timeoutAfterCommit)) else {
                return Answer(reply: reply)
            }
            return Answer(reply: reply, isLost: true)
        } catch let fault as DeviceFault {
            return Answer(reply: refusal(fault, of: id))
        } catch {
            logger.error("message failed", metadata: ["msg_id": "\(id)", "error": "\(error)"])
            return Answer(reply: refusal(DeviceFault(.internalError), of: id))
        }
    }

    private func refusal(_ fault: DeviceFault, of id: Int) -> Reply {
        id == 1903 && quirks[.resultEnvelopeErrors] ? .bareFailure(message: id, fault) : .failure(fault)
    }
}
