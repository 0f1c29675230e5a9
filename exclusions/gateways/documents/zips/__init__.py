"""ZIPs of documents: what they are called by, and their directories, told before anything is unpacked."""
