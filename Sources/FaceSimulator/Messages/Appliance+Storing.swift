// SPDX-License-Identifier: Apache-2.0

/// Messages 1029 and 1051: store one portrait (3.7, 3.38).
extension Appliance {
    func storePortrait(_ call: Call, form: Bool) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let picture = try picture(of: call, form: form)
        let rules = PersonRules(quirks: quirks)
        let imgID = try rules.imgID(try call.fields.text("img_id"))
        let person = try rules.person(call.fields)
        try await checkCanStore(in: library)
        let portrait = NewPortrait(imgID: imgID, person: person, picture: try keep(picture, library: library))
        let codes = try await store.store([.success(portrait)], library: library, delay: 0, stopsAtFirst: false)
        if let code = codes.first ?? nil, code != .success { throw DeviceFault(code) }
        return .success(.object([("img_id", .text(imgID))]))
    }

    /// Refuses the whole call when the library is not there or no portrait fits any more (B6).
    func checkCanStore(in library: Int) async throws {
        guard try await store.library(library) != nil else { throw DeviceFault(.libraryMissing) }
        guard try await store.hasRoom(in: library) else { throw DeviceFault(.tooManyImages) }
    }
}
